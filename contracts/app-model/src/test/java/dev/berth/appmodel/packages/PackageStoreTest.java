package dev.berth.appmodel.packages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.appmodel.Packages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Entries are written once, read by anybody, and go when nobody needs them.
class PackageStoreTest {

  private static final Duration WEEK = Duration.ofDays(7);

  @TempDir Path folder;

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  private PackageStore store() {
    InstantSource clock = () -> now;
    return PackageStore.in(folder.resolve("packages"), clock);
  }

  private Packages keep(List<String> pathsAndTexts) throws IOException {
    try (PackageWriter writer = store().write()) {
      for (int i = 0; i < pathsAndTexts.size(); i += 2) {
        writer.add(pathsAndTexts.get(i), pathsAndTexts.get(i + 1).getBytes(UTF_8));
      }
      Packages packages = writer.keep();
      store().use(packages);
      return packages;
    }
  }

  private List<String> entries() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("packages"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void whatWasWrittenIsRead() throws IOException {
    Packages packages = keep(List.of("ms/index.js", "exports = 1;", "ms/é.json", "\uFEFF{}"));

    StoredPackages files = store().open(packages);

    assertThat(packages.files()).isEqualTo(2);
    assertThat(packages.bytes()).isEqualTo(17);
    assertThat(files.text("ms/index.js")).isEqualTo("exports = 1;");
    assertThat(files.text("ms/é.json")).isEqualTo("{}");
    assertThat(files.isFile("ms/index.js")).isTrue();
  }

  @Test
  void whatIsNotThereIsNoFile() throws IOException {
    StoredPackages files = store().open(keep(List.of("ms/index.js", "1")));

    for (String path : List.of("", "ms", "ms/", "ms/index", "/ms/index.js", "../packages")) {
      assertThat(files.isFile(path)).as(path).isFalse();
      assertThat(files.text(path)).as(path).isNull();
    }
  }

  @Test
  void theDigestIsThatOfTheContentInWhateverOrderItCame() throws IOException {
    Packages one = keep(List.of("a/x.js", "1", "b/y.js", "2"));
    Packages same = keep(List.of("b/y.js", "2", "a/x.js", "1"));
    Packages otherText = keep(List.of("a/x.js", "1", "b/y.js", "3"));
    Packages otherPath = keep(List.of("a/x.js", "1", "b/z.js", "2"));

    assertThat(same).isEqualTo(one);
    assertThat(otherText.digest()).isNotEqualTo(one.digest());
    assertThat(otherPath.digest()).isNotEqualTo(one.digest());
    assertThat(entries()).hasSize(3).contains(one.digest() + ".zip");
  }

  @Test
  void anEntryThatIsNotKeptLeavesNothing() throws IOException {
    try (PackageWriter writer = store().write()) {
      writer.add("ms/index.js", new byte[100_000]);
    }

    assertThat(entries()).isEmpty();
  }

  @Test
  void packagesWithoutFilesAreNone() throws IOException {
    assertThat(keep(List.of())).isEqualTo(Packages.none());
    assertThat(entries()).isEmpty();
  }

  @Test
  void onlyOldEntriesThatNobodyNeedsAreRemoved() throws IOException {
    Packages needed = keep(List.of("a/a.js", "needed"));
    Packages unused = keep(List.of("a/a.js", "unused"));
    now = now.plus(WEEK);
    Packages young = keep(List.of("a/a.js", "young"));
    now = now.plus(WEEK).minusMillis(1);

    store().clean(Set.of(needed.digest()), WEEK);

    assertThat(entries())
        .containsExactlyInAnyOrder(needed.digest() + ".zip", young.digest() + ".zip");
    assertThat(store().use(unused)).isFalse();
  }

  @Test
  void anEntryThatIsUsedStays() throws IOException {
    Packages packages = keep(List.of("a/a.js", "1"));
    now = now.plus(WEEK.multipliedBy(3));
    boolean there = store().use(packages);
    now = now.plus(Duration.ofDays(1));

    store().clean(Set.of(), WEEK);

    assertThat(there).isTrue();
    assertThat(entries()).containsExactly(packages.digest() + ".zip");
  }

  @Test
  void aStoreThatWasNeverWrittenToNeedsNoCleaningAndMakesNoFolder() throws IOException {
    store().clean(Set.of(), WEEK);

    assertThat(folder.resolve("packages")).doesNotExist();
  }

  @Test
  void anEntryThatIsGoneFailsWithoutSayingItsFilesAreMissing() throws IOException {
    Packages packages = keep(List.of("a/a.js", "1"));
    StoredPackages files = store().open(packages);
    Files.delete(folder.resolve("packages").resolve(packages.digest() + ".zip"));

    assertThatThrownBy(() -> files.text("a/a.js"))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith("cannot read the packages of an app: ");
    assertThatThrownBy(() -> files.isFile("a/b.js")).isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void packagesAtTheTopAreInstalledInTheirVersions() throws IOException {
    Packages packages =
        keep(
            List.of(
                "ms/package.json", "{\"version\": \"2.1.3\"}",
                "ms/node_modules/inner/package.json", "{\"version\": \"1.0.0\"}",
                "@a/b/package.json", "{\"version\": \"3.0.0\"}",
                "@a/b/lib/package.json", "{\"version\": \"9.9.9\"}",
                "odd/package.json", "[5"));

    assertThat(store().open(packages).installed())
        .isEqualTo(Map.of("ms", "2.1.3", "@a/b", "3.0.0", "odd", ""));
  }

  @Test
  void differencesAreAddedDeletedAndModified() {
    Map<String, String> before = Map.of("gone", "1.0.0", "kept", "1.0.0", "newer", "1.0.0");
    Map<String, String> after = Map.of("kept", "1.0.0", "newer", "2.0.0", "added", "3.0.0");

    PackageDifferences differences = PackageDifferences.between(before, after);

    assertThat(differences.added())
        .containsExactly(new PackageDifferences.Installed("added", "3.0.0"));
    assertThat(differences.deleted())
        .containsExactly(new PackageDifferences.Installed("gone", "1.0.0"));
    assertThat(differences.modified())
        .containsExactly(new PackageDifferences.Changed("newer", "2.0.0", "1.0.0"));
    assertThat(PackageDifferences.between(before, before).areNone()).isTrue();
  }
}
