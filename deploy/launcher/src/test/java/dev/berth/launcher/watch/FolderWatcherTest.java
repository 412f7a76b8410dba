package dev.berth.launcher.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderWatcherTest {

  private static final Duration QUIET = Duration.ofMillis(50);

  private final BlockingQueue<Path> told = new LinkedBlockingQueue<>();
  @TempDir private Path folder;
  private Path first;
  private Path second;
  private FolderWatcher watcher;

  @BeforeEach
  void watchTwoFolders() throws IOException {
    first = Files.createDirectories(folder.resolve("first"));
    second = Files.createDirectories(folder.resolve("second"));
    Files.createDirectories(second.resolve("functions"));
    Files.writeString(second.resolve("functions/a.js"), "1");
    watcher = FolderWatcher.open(List.of(first, second), List.of(second.resolve("my-data")), QUIET);
  }

  @AfterEach
  void stop() {
    watcher.close();
  }

  @Test
  void aSaveIsToldOnceForTheFolderItIsIn() throws Exception {
    watcher.start(told::add);

    for (int i = 0; i < 20; i++) {
      Files.writeString(second.resolve("functions/a.js"), "content " + i);
    }

    assertThat(next()).isEqualTo(second);
    assertThat(nothingMore()).isTrue();
  }

  @Test
  void aSaveThatRenamesAFileIntoPlaceIsTold() throws Exception {
    watcher.start(told::add);
    Path beside = Files.writeString(folder.resolve("a.js.tmp"), "2");

    Files.move(beside, second.resolve("functions/a.js"), StandardCopyOption.ATOMIC_MOVE);

    assertThat(next()).isEqualTo(second);
  }

  @Test
  void aSaveInAFolderThatWasMadeLaterIsTold() throws Exception {
    watcher.start(told::add);
    Files.createDirectories(first.resolve("functions/deep/deeper"));
    assertThat(next()).isEqualTo(first);

    Files.writeString(first.resolve("functions/deep/deeper/b.js"), "1");

    assertThat(next()).isEqualTo(first);
  }

  @Test
  void whatHappensBetweenOpeningAndStartingIsTold() throws Exception {
    Files.delete(second.resolve("functions/a.js"));

    watcher.start(told::add);

    assertThat(next()).isEqualTo(second);
  }

  @Test
  void theDataFolderAndVersionControlAreOfNoInterest() throws Exception {
    watcher.start(told::add);

    Files.writeString(Files.createDirectories(second.resolve("my-data")).resolve("x"), "1");
    Files.writeString(Files.createDirectories(second.resolve(".git")).resolve("index"), "1");

    assertThat(nothingMore()).isTrue();
  }

  @Test
  void aListenerThatFailsHearsOfTheNextChange() throws Exception {
    watcher.start(
        root -> {
          told.add(root);
          throw new IllegalStateException("on purpose");
        });
    Files.writeString(first.resolve("a"), "1");
    assertThat(next()).isEqualTo(first);

    Files.writeString(first.resolve("a"), "2");

    assertThat(next()).isEqualTo(first);
  }

  private Path next() throws InterruptedException {
    Path root = told.poll(20, TimeUnit.SECONDS);
    assertThat(root).as("told within 20 seconds").isNotNull();
    return root;
  }

  /// Waits several times as long as the watcher would.
  private boolean nothingMore() throws InterruptedException {
    return told.poll(QUIET.toMillis() * 6, TimeUnit.MILLISECONDS) == null;
  }
}
