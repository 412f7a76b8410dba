package dev.berth.controlplane.packages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.Packages;
import dev.berth.appmodel.packages.StoredPackages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Packages in the folder itself, and what is done only once.
class PackageFolderTest {

  @TempDir Path folder;

  private TakenPackages app;

  @BeforeEach
  void makeApp() throws IOException {
    app = TakenPackages.in(folder);
  }

  private List<String> stored() throws IOException {
    try (Stream<Path> files = Files.list(app.storeFolder())) {
      return files.filter(Files::isRegularFile).map(Path::toString).toList();
    }
  }

  @Test
  void whatCanBeRequiredIsTaken() throws IOException {
    app.with("node_modules/ms/package.json", "{}")
        .with("node_modules/ms/index.js", "exports = 1;")
        .with("node_modules/ms/index.d.ts", "declare")
        .with("node_modules/ms/node_modules/.bin/x.js", "no")
        .with("node_modules/ms/node_modules/in/x.cjs", "deep")
        .with("node_modules/.cache/x.js", "no")
        .with("hello.js", "exports = () => 1;");

    assertThat(app.problems()).isEmpty();
    StoredPackages files = app.files();
    assertThat(app.take().packages().files()).isEqualTo(3);
    assertThat(files.text("ms/index.js")).isEqualTo("exports = 1;");
    assertThat(files.text("ms/node_modules/in/x.cjs")).isEqualTo("deep");
  }

  @Test
  void anAppWithoutPackagesHasNoneAndMakesNoStore() {
    assertThat(app.problems()).isEmpty();
    assertThat(app.take().packages()).isEqualTo(Packages.none());
    assertThat(app.storeFolder()).doesNotExist();
  }

  @Test
  void linksAreNotFollowed() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret.js"), "secret");
    app.with("node_modules/ms/index.js", "1").with("node_modules/.bin/x", "");
    Files.createSymbolicLink(app.functions("node_modules/ms/secret.js"), secret);
    Files.createSymbolicLink(app.functions("node_modules/away"), folder);
    Files.createSymbolicLink(app.functions("node_modules/.bin/ms"), secret);

    assertThat(app.problems())
        .containsExactly(
            "WARNING functions/node_modules: links are not followed and are left out: \"away\" and"
                + " 1 more");
    assertThat(app.take().packages().files()).isOne();
  }

  @Test
  void aFolderThatIsALinkIsRefused() throws IOException {
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere/ms"));
    Files.writeString(elsewhere.resolve("index.js"), "1");
    Files.createSymbolicLink(app.functions("node_modules"), folder.resolve("elsewhere"));

    assertThat(app.problems())
        .containsExactly(
            "ERROR functions: node_modules is a link or a file; the folder itself is needed");
  }

  @Test
  void functionsThatLieOutsideOfTheAppBringNoPackages() throws IOException {
    Path elsewhere = folder.resolve("elsewhere");
    Files.createDirectories(elsewhere.resolve("node_modules/ms"));
    Files.writeString(elsewhere.resolve("node_modules/ms/index.js"), "1");
    Files.delete(app.functions(""));
    Files.createSymbolicLink(app.functions("").normalize(), elsewhere);

    assertThat(app.take().packages()).isEqualTo(Packages.none());
  }

  @Test
  void tooManyEntriesAreRefused() throws IOException {
    for (int i = 0; i < 60; i++) {
      app.with("node_modules/ms/" + i + ".md", "");
    }

    assertThat(app.problems())
        .containsExactly(
            "ERROR functions/node_modules: there are more than 60 files and folders in it");
  }

  @Test
  void whatWasTakenOnceIsNotReadAgain() throws IOException {
    app.with("node_modules/ms/index.js", "first").with("node_modules/ms/a.node", "ELF");
    PackageIntake.Taken first = app.take();
    FileTime time = Files.getLastModifiedTime(app.functions("node_modules/ms/index.js"));
    app.with("node_modules/ms/index.js", "other");
    Files.setLastModifiedTime(app.functions("node_modules/ms/index.js"), time);

    assertThat(app.take()).isEqualTo(first);
    assertThat(first.problems()).hasSize(1);
  }

  @Test
  void aChangedFileMakesOtherPackages() throws IOException {
    app.with("node_modules/ms/index.js", "first");
    Packages first = app.take().packages();
    app.with("node_modules/ms/index.js", "another");

    assertThat(app.take().packages()).isNotEqualTo(first);
    assertThat(app.files().text("ms/index.js")).isEqualTo("another");
    assertThat(stored()).hasSize(2);
  }

  @Test
  void packagesThatWereRemovedFromTheStoreAreTakenAgain() throws IOException {
    app.with("node_modules/ms/index.js", "1");
    app.take();
    Files.delete(Path.of(stored().getFirst()));

    assertThat(app.files().text("ms/index.js")).isEqualTo("1");
  }

  @Test
  void aDamagedMemoryIsNoMemory() throws IOException {
    app.with("node_modules/ms/index.js", "1");
    app.take();
    try (Stream<Path> known = Files.list(app.storeFolder().resolve("known"))) {
      Files.writeString(known.findFirst().orElseThrow(), "what is this");
    }

    assertThat(app.files().text("ms/index.js")).isEqualTo("1");
  }

  @Test
  void theFolderWinsOverPackageJson() throws IOException {
    app.with("node_modules/ms/index.js", "1")
        .with("package.json", "{\"dependencies\": {\"ms\": \"^2\"}}");

    assertThat(app.problems()).isEmpty();
    assertThat(app.installations()).isZero();
    assertThat(app.files().isFile("ms/index.js")).isTrue();
  }
}
