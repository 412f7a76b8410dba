package dev.berth.controlplane.packages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.Packages;
import dev.berth.appmodel.packages.StoredPackages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Archives of packages: the four kinds that are read, and what is refused.
class PackageArchiveTest {

  @TempDir Path folder;

  private TakenPackages app;

  @BeforeEach
  void makeApp() throws IOException {
    app = TakenPackages.in(folder);
  }

  private static byte[] zip(Map<String, String> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, String> file : new TreeMap<>(files).entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue().getBytes(UTF_8));
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static TarFile small() {
    return new TarFile().file("node_modules/ms/index.js", "exports = 1;");
  }

  /// Whatever was wrong, nothing of it was stored or left behind.
  private void assertRefused(String name, String message) throws IOException {
    assertThat(app.problems()).containsExactly("ERROR functions/" + name + ": " + message);
    assertThat(app.take().packages()).isEqualTo(Packages.none());
    if (Files.exists(app.storeFolder())) {
      try (Stream<Path> left = Files.list(app.storeFolder())) {
        assertThat(left).isEmpty();
      }
    }
  }

  private void assertTarIsRefused(TarFile tar, String message) throws IOException {
    app.with("node_modules.tar", tar.closed());

    assertRefused("node_modules.tar", message);
  }

  static Stream<String> kinds() {
    return PackageArchive.NAMES.stream();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void whatCanBeRequiredIsTaken(String name) throws IOException {
    TarFile tar =
        new TarFile()
            .entry("node_modules/", '5', new byte[0])
            .file("node_modules/ms/package.json", "{}")
            .file("./node_modules/ms/index.js", "exports = 1;")
            .file("node_modules/@a/b/x.mjs", "export {};")
            .file("node_modules/ms/index.d.ts", "declare")
            .file("node_modules/ms/readme.md", "# ms")
            .file("node_modules/.package-lock.json", "{}")
            .file("package.json", "{}");
    byte[] zip =
        zip(
            Map.of(
                "node_modules/", "",
                "node_modules/ms/package.json", "{}",
                "./node_modules/ms/index.js", "exports = 1;",
                "node_modules/@a/b/x.mjs", "export {};",
                "node_modules/ms/index.d.ts", "declare",
                "node_modules/ms/readme.md", "# ms",
                "node_modules/.package-lock.json", "{}",
                "package.json", "{}"));

    app.with(
        name,
        name.endsWith("zip")
            ? zip
            : name.endsWith("gz") ? TarFile.gzip(tar.closed()) : tar.closed());

    assertThat(app.problems()).isEmpty();
    assertThat(app.take().packages().files()).isEqualTo(3);
    StoredPackages files = app.files();
    assertThat(files.text("ms/index.js")).isEqualTo("exports = 1;");
    assertThat(files.text("ms/package.json")).isEqualTo("{}");
    assertThat(files.text("@a/b/x.mjs")).isEqualTo("export {};");
  }

  @Test
  void allKindsOfArchiveGiveTheSamePackages() throws IOException {
    app.with("node_modules.zip", zip(Map.of("node_modules/ms/index.js", "exports = 1;")));
    Packages fromZip = app.take().packages();
    Files.delete(app.functions("node_modules.zip"));
    app.with("node_modules.tgz", TarFile.gzip(small().closed()));

    assertThat(app.take().packages()).isEqualTo(fromZip);
  }

  @Test
  void longNamesOfEitherFormAreRead() throws IOException {
    String deep = "node_modules/" + "d".repeat(120) + "/index.js";
    String deeper = "node_modules/" + "e".repeat(300) + "/index.js";
    TarFile tar =
        new TarFile()
            .pax('x', "path=" + deep, "mtime=1.5")
            .file("short", "1")
            .entry("././@LongLink", 'L', (deeper + "\0").getBytes(UTF_8))
            .file("short", "2")
            .pax('g', "comment=0123abcd")
            .headerWith("index.js", 345, "node_modules/in-the-prefix".getBytes(UTF_8));

    app.with("node_modules.tar", tar.closed());

    assertThat(app.problems()).isEmpty();
    StoredPackages files = app.files();
    assertThat(files.text(deep.substring(13))).isEqualTo("1");
    assertThat(files.text(deeper.substring(13))).isEqualTo("2");
    assertThat(files.text("in-the-prefix/index.js")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../x.js",
        "node_modules/../../x.js",
        "node_modules/ms/..",
        "/node_modules/ms/x.js",
        "//node_modules/x.js",
        "node_modules\\ms\\x.js",
        "node_modules/..\\..\\x.js",
        "C:/node_modules/x.js",
        "c:x.js",
        "node_modules/a\u0001.js"
      })
  void aPathThatLeadsElsewhereIsRefused(String path) throws IOException {
    String message =
        "the path \""
            + path.replace('\u0001', '\uFFFD')
            + "\" leads out of node_modules; allowed are relative paths with / and without ..";
    app.with("node_modules.zip", zip(Map.of("node_modules/a/a.js", "1", path, "2")));
    assertRefused("node_modules.zip", message);
    Files.delete(app.functions("node_modules.zip"));

    assertTarIsRefused(small().file(path, "2"), message);
  }

  @Test
  void aPathIsRefusedByWhicheverHeaderItComes() throws IOException {
    String message =
        "the path \"../x.js\" leads out of node_modules; allowed are relative paths with / and"
            + " without ..";

    assertTarIsRefused(small().pax('x', "path=../x.js").file("node_modules/a.js", "2"), message);
    assertTarIsRefused(
        small()
            .entry("././@LongLink", 'L', "../x.js\0".getBytes(UTF_8))
            .file("node_modules/a.js", "2"),
        message);
    assertTarIsRefused(small().headerWith("x.js", 345, "..".getBytes(UTF_8)), message);
  }

  @Test
  void onePathForAllEntriesIsRefused() throws IOException {
    assertTarIsRefused(
        new TarFile().pax('g', "path=node_modules/ms/x.js").file("a", "1"),
        "the archive is damaged: one path or size for all entries");
  }

  @ParameterizedTest
  @ValueSource(chars = {'1', '2'})
  void aLinkIsRefused(char type) throws IOException {
    assertTarIsRefused(
        small().entry("node_modules/ms/link.js", type, new byte[0]),
        "\"node_modules/ms/link.js\" is a link; an archive may hold files and folders");
  }

  @ParameterizedTest
  @ValueSource(chars = {'1', '2'})
  void aCommandOfAPackageIsLeftOut(char type) throws IOException {
    app.with(
        "node_modules.tar",
        small()
            .entry("node_modules/.bin/ms", type, new byte[0])
            .file("node_modules/ms/after.js", "2")
            .closed());

    assertThat(app.problems()).isEmpty();
    assertThat(app.take().packages().files()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(chars = {'3', '4', '6'})
  void aDeviceIsRefused(char type) throws IOException {
    assertTarIsRefused(
        small().entry("node_modules/ms/null", type, new byte[0]),
        "\"node_modules/ms/null\" is a device; an archive may hold files and folders");
  }

  @ParameterizedTest
  @ValueSource(chars = {'S', 'D', 'V', 'Z'})
  void anEntryOfAnUnusualKindIsRefused(char type) throws IOException {
    assertTarIsRefused(
        small().entry("node_modules/ms/x", type, new byte[0]),
        "\"node_modules/ms/x\" is of a kind that is not known (\"" + type + "\")");
  }

  @Test
  void aSparseFileIsRefused() throws IOException {
    assertTarIsRefused(
        small().pax('x', "GNU.sparse.major=1").file("node_modules/ms/x.js", "2"),
        "the archive holds a sparse file; pack it without -S");
  }

  @Test
  void aFileThatIsThereTwiceIsRefused() throws IOException {
    assertTarIsRefused(
        small().file("node_modules/ms/./index.js", "other"), "\"ms/index.js\" is in it twice");

    Files.delete(app.functions("node_modules.tar"));
    byte[] zip = zip(Map.of("node_modules/ms/a.js", "1", "node_modules/ms/b.js", "2"));
    app.with("node_modules.zip", replaced(zip, "ms/b.js", "ms/a.js"));
    assertRefused("node_modules.zip", "\"ms/a.js\" is in it twice");
  }

  private static byte[] replaced(byte[] bytes, String text, String by) {
    String all = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
    return all.replace(text, by).getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  @Test
  void tooManyEntriesAreRefused() throws IOException {
    TarFile tar = small();
    for (int i = 0; i < 60; i++) {
      tar.file("node_modules/ms/" + i + ".md", "");
    }

    assertTarIsRefused(tar, "there are more than 60 files and folders in it");
  }

  @Test
  void aChecksumThatIsWrongIsNoticed() throws IOException {
    byte[] packed = TarFile.gzip(small().closed());
    packed[packed.length - 8] ^= 1;
    app.with("node_modules.tgz", packed);

    assertRefused("node_modules.tgz", "the archive is damaged: Corrupt GZIP trailer");
  }

  @Test
  void aHundredThousandFilesAreRefusedInEveryKindOfArchive() throws IOException {
    TakenPackages standard =
        new TakenPackages(
            folder, PackageLimits.standard(), new Npm("none", java.time.Duration.ofSeconds(1)));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    TarFile tar = new TarFile();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < 100_000; i++) {
        zip.putNextEntry(new ZipEntry("node_modules/ms/" + i + ".js"));
        tar.header("node_modules/ms/" + i + ".js", '0', 0);
      }
    }

    standard.with("node_modules.zip", bytes.toByteArray());
    assertThat(standard.problems())
        .containsExactly(
            "ERROR functions/node_modules.zip: there are more than 60000 files and folders in it");
    Files.delete(standard.functions("node_modules.zip"));
    standard.with("node_modules.tgz", TarFile.gzip(tar.closed()));
    assertThat(standard.problems())
        .containsExactly(
            "ERROR functions/node_modules.tgz: there are more than 20000 files in it that can be"
                + " required");
  }

  @Test
  void tooManyFilesThatCanBeRequiredAreRefused() throws IOException {
    TarFile tar = small();
    for (int i = 0; i < 20; i++) {
      tar.file("node_modules/ms/" + i + ".js", "");
    }

    assertTarIsRefused(tar, "there are more than 20 files in it that can be required");
  }

  @Test
  void anArchiveThatIsTooLargeIsRefused() throws IOException {
    app.with("node_modules.zip", new byte[200_001]);

    assertRefused("node_modules.zip", "the archive is larger than 0 MB");
  }

  @Test
  void aBombEndsWhileItIsUnpacked() throws IOException {
    TakenPackages standard =
        new TakenPackages(
            folder, PackageLimits.standard(), new Npm("none", java.time.Duration.ofSeconds(1)));
    TarFile head = small().header("node_modules/ms/bomb.bin", '0', 1L << 33);
    // Gzip members follow one another: the zeros are packed once and repeated.
    byte[] zeros = TarFile.gzip(new byte[64 << 20]);
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    bomb.writeBytes(TarFile.gzip(head.open()));
    for (int i = 0; i < 128; i++) {
      bomb.writeBytes(zeros);
    }
    standard.with("node_modules.tar.gz", bomb.toByteArray());

    assertThat(standard.problems())
        .containsExactly(
            "ERROR functions/node_modules.tar.gz: the archive unpacks to more than 300 MB");
  }

  @Test
  void filesThatAreTooLargeTogetherAreRefused() throws IOException {
    String text = "x".repeat(19_000);
    Map<String, String> files =
        Map.of(
            "node_modules/a/a.js", text, "node_modules/a/b.js", text, "node_modules/a/c.js", text);
    app.with("node_modules.zip", zip(files));

    assertRefused("node_modules.zip", "the files in it that can be required are larger than 0 MB");
  }

  @Test
  void aFileThatIsTooLargeIsLeftOutWithAWarning() throws IOException {
    app.with(
        "node_modules.zip",
        zip(Map.of("node_modules/a/a.js", "1", "node_modules/a/b.js", "x".repeat(20_001))));
    assertThat(app.problems())
        .containsExactly(
            "WARNING functions/node_modules.zip: files larger than 0 MB are left out: \"a/b.js\"");
    assertThat(app.take().packages().files()).isOne();
    Files.delete(app.functions("node_modules.zip"));

    app.with(
        "node_modules.tar",
        new TarFile()
            .file("node_modules/a/b.js", "x".repeat(20_001))
            .file("node_modules/a/c.js", "after it")
            .closed());
    assertThat(app.files().text("a/c.js")).isEqualTo("after it");
  }

  @Test
  void nativeAddOnsAreLeftOutWithAWarning() throws IOException {
    app.with(
        "node_modules.zip",
        zip(
            Map.of(
                "node_modules/b/b.js", "1",
                "node_modules/b/z.node", "ELF",
                "node_modules/b/build/a.node", "ELF")));

    assertThat(app.problems())
        .containsExactly(
            "WARNING functions/node_modules.zip: native add-ons cannot run here and are left out:"
                + " \"b/build/a.node\" and 1 more");
    assertThat(app.files().isFile("b/z.node")).isFalse();
  }

  @Test
  void anArchiveWithoutTheFolderIsRefused() throws IOException {
    app.with("node_modules.zip", zip(Map.of("ms/index.js", "1")));

    assertRefused(
        "node_modules.zip",
        "there is no folder node_modules in it; tar -czf node_modules.tar.gz node_modules makes an"
            + " archive that has one");
  }

  @Test
  void anArchiveThatEndsTooEarlyIsRefused() throws IOException {
    byte[] whole = small().file("node_modules/ms/b.js", "x".repeat(2000)).closed();
    for (int length : new int[] {0, 100, 512, 600, 1024, 1500, 2048, whole.length - 1024}) {
      app.with("node_modules.tar", Arrays.copyOf(whole, length));
      assertRefused("node_modules.tar", "the archive is damaged: it ends too early");
    }
    Files.delete(app.functions("node_modules.tar"));
    byte[] packed = TarFile.gzip(whole);
    for (int length : new int[] {0, 5, 15, packed.length / 2, packed.length - 9}) {
      app.with("node_modules.tgz", Arrays.copyOf(packed, length));
      assertRefused("node_modules.tgz", "the archive is damaged: it ends too early");
    }
  }

  @Test
  void whatIsNoArchiveIsRefused() throws IOException {
    byte[] text = "<html>not found</html>".repeat(100).getBytes(UTF_8);
    app.with("node_modules.zip", text);
    assertRefused("node_modules.zip", "the archive is damaged: zip END header not found");
    Files.delete(app.functions("node_modules.zip"));

    app.with("node_modules.tar", text);
    assertRefused("node_modules.tar", "the archive is damaged, or no tar archive");
    Files.delete(app.functions("node_modules.tar"));

    app.with("node_modules.tgz", text);
    assertRefused("node_modules.tgz", "the archive is damaged: Not in GZIP format");
  }

  @Test
  void aZipWhoseContentIsNotWhatItSaysIsRefused() throws IOException {
    byte[] zip = zip(Map.of("node_modules/ms/a.js", "exports = 1;"));
    // The checksum in the central directory.
    int directory = indexOf(zip, new byte[] {'P', 'K', 1, 2});
    zip[directory + 16] ^= 1;
    app.with("node_modules.zip", zip);

    assertRefused(
        "node_modules.zip",
        "the archive is damaged: \"node_modules/ms/a.js\" is not what its checksum says");
  }

  @Test
  void aZipThatSaysItsFilesAreSmallIsMeasuredByWhatTheyAre() throws IOException {
    byte[] zip = zip(Map.of("node_modules/ms/a.js", "x".repeat(30_000)));
    int directory = indexOf(zip, new byte[] {'P', 'K', 1, 2});
    Arrays.fill(zip, directory + 24, directory + 28, (byte) 1);
    Arrays.fill(zip, directory + 26, directory + 28, (byte) 0);
    app.with("node_modules.zip", zip);

    assertThat(app.problems())
        .containsExactly(
            "WARNING functions/node_modules.zip: files larger than 0 MB are left out: \"ms/a.js\"");
  }

  private static int indexOf(byte[] bytes, byte[] wanted) {
    for (int i = 0; i <= bytes.length - wanted.length; i++) {
      if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
        return i;
      }
    }
    throw new IllegalArgumentException("not in there");
  }

  @Test
  void sizesThatCannotBeAreRefused() throws IOException {
    byte[] huge = new byte[12];
    Arrays.fill(huge, (byte) 0xFF);
    assertTarIsRefused(
        small().headerWith("node_modules/ms/x.js", 124, huge),
        "the archive is damaged: a size is out of range");
    assertTarIsRefused(
        small().headerWith("node_modules/ms/x.js", 124, "00000000-1".getBytes(UTF_8)),
        "the archive is damaged, or no tar archive");
    for (String size : new String[] {"-1", "9".repeat(40), "1e3", ""}) {
      assertTarIsRefused(
          small().pax('x', "size=" + size).file("node_modules/ms/x.js", "2"),
          "the archive is damaged: an extended header cannot be read");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9 path=a",
        "99 path=a\n",
        "0 path=a\n",
        "2 path=a\n",
        "path=a\n",
        " path=a\n",
        "999999999999 path=a\n",
        "-9 path=a\n",
        "10 pathaaa\n",
        "9 path=a\n9"
      })
  void extendedHeadersThatCannotBeReadAreRefused(String content) throws IOException {
    assertTarIsRefused(
        small().entry("PaxHeader", 'x', content.getBytes(UTF_8)).file("node_modules/a.js", "2"),
        "the archive is damaged: an extended header cannot be read");
  }

  @Test
  void headersOfUnusualSizeOrNumberAreRefused() throws IOException {
    assertTarIsRefused(
        small().header("PaxHeader", 'x', 1L << 32),
        "the archive is damaged: a header is too large");
    TarFile many = small();
    for (int i = 0; i < 6; i++) {
      many.entry("././@LongLink", 'L', "a\0".getBytes(UTF_8));
    }
    assertTarIsRefused(many, "the archive is damaged: an entry has too many headers");
  }

  @Test
  void aNameCannotSteerTheTerminal() throws IOException {
    assertTarIsRefused(
        small().file("\u001b[2J" + "y".repeat(90), "2"),
        "the path \"\uFFFD[2J"
            + "y".repeat(90)
            + "\" leads out of node_modules; allowed are relative paths with / and without ..");
  }

  @Test
  void anArchiveThatIsALinkIsNotFollowed() throws IOException {
    Path elsewhere = folder.resolve("elsewhere.tgz");
    Files.write(elsewhere, TarFile.gzip(small().closed()));
    Files.createSymbolicLink(app.functions("node_modules.tgz"), elsewhere);

    assertThat(app.problems())
        .containsExactly(
            "ERROR functions: node_modules.tgz is a link or a folder; the file itself is needed");
  }

  @Test
  void ofTwoArchivesOneIsUsedAndTheOtherReported() throws IOException {
    app.with("node_modules.tgz", TarFile.gzip(small().closed()))
        .with("node_modules.zip", zip(Map.of("node_modules/ms/z.js", "1")));

    assertThat(app.problems())
        .containsExactly(
            "WARNING functions/node_modules.tgz: the archive is not used: node_modules.zip is");
    assertThat(app.files().isFile("ms/z.js")).isTrue();
  }
}
