package dev.berth.launcher.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.appmodel.AppId;
import dev.berth.controlplane.MongoAppStore;
import dev.berth.controlplane.StoredRevision;
import dev.berth.launcher.console.StartFailure;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {

  private final Vertx vertx = Vertx.vertx();
  @TempDir private Path folder;

  @AfterEach
  void close() {
    await(vertx.close());
  }

  @Test
  void dataIsThereAgainAfterARestart() throws Exception {
    StoredRevision kept;
    try (EmbeddedDatabase database = EmbeddedDatabase.open(folder)) {
      kept = keep(database, "shop-abcde", "A");
    }

    try (EmbeddedDatabase database = EmbeddedDatabase.open(folder)) {
      assertThat(keep(database, "shop-abcde", "A")).isEqualTo(kept);
    }
  }

  /// What a killed process leaves is what the operating system has at that moment: a copy of it
  /// must hold every acknowledged write, although the database has never been closed.
  @Test
  void anAcknowledgedWriteIsOutOfTheProcessAtOnce(@TempDir Path copy) throws Exception {
    List<StoredRevision> kept = new ArrayList<>();
    try (EmbeddedDatabase database = EmbeddedDatabase.open(folder)) {
      for (int i = 0; i < 20; i++) {
        kept.add(keep(database, "shop-" + i, "A"));
      }

      copyAll(folder, copy);
    }

    try (EmbeddedDatabase survivor = EmbeddedDatabase.open(copy)) {
      for (int i = 0; i < 20; i++) {
        assertThat(keep(survivor, "shop-" + i, "A")).isEqualTo(kept.get(i));
      }
    }
  }

  @Test
  void aFolderHasOneOwnerAtATime() throws Exception {
    try (EmbeddedDatabase _ = EmbeddedDatabase.open(folder)) {
      assertThatThrownBy(() -> EmbeddedDatabase.open(folder))
          .isInstanceOf(StartFailure.class)
          .hasMessageContaining("is in use by another Berth")
          .hasMessageContaining("process " + ProcessHandle.current().pid())
          .hasMessageContaining("--data");
    }

    EmbeddedDatabase.open(folder).close();
  }

  @Test
  void aFileInPlaceOfTheFolderIsNamed() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "text");

    assertThatThrownBy(() -> EmbeddedDatabase.open(file))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining(file + " is a file");
  }

  @Test
  void aDatabaseThatIsNotOneIsNamedAndItsFolderLetGo() throws Exception {
    Files.writeString(folder.resolve("database.h2"), "this is no database ".repeat(1000));

    assertThatThrownBy(() -> EmbeddedDatabase.open(folder))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining(folder + " cannot be opened");

    Files.delete(folder.resolve("database.h2"));
    EmbeddedDatabase.open(folder).close();
  }

  @Test
  void itListensOnThisMachineOnly() throws Exception {
    try (EmbeddedDatabase database = EmbeddedDatabase.open(folder)) {
      assertThat(database.connectionString()).matches("mongodb://(127\\.0\\.0\\.1|localhost):\\d+");
    }
  }

  private StoredRevision keep(EmbeddedDatabase database, String app, String digest) {
    MongoAppStore store =
        await(MongoAppStore.open(vertx, database.connectionString(), Clock.systemUTC()));
    try {
      return await(store.keep(new AppId(app), "shop", digest));
    } finally {
      await(store.close());
    }
  }

  private static void copyAll(Path from, Path to) throws Exception {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }
}
