package dev.berth.appmodel.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.Problem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Archives of ours, and those that strangers made.
class BundleArchiveTest {

  private static final AppBundle BUNDLE =
      AppBundle.of(
          Map.of(
              "realm_config.json", bytes("{}"),
              "functions/a.js", bytes("exports = 1"),
              ".mdb/app_meta.json", bytes("{}")));

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] zip(String... names) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String name : names) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(bytes("x"));
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static List<String> problems(byte[] archive) {
    return switch (BundleArchive.unzip(archive)) {
      case AppBundle.Taken _ -> List.of();
      case AppBundle.Refused(var problems) -> problems.stream().map(Problem::toString).toList();
    };
  }

  @Test
  void whatWasZippedIsUnzipped() {
    byte[] archive = BundleArchive.zip(BUNDLE, List.of("values", "functions"));

    assertThat(BundleArchive.unzip(archive)).isEqualTo(new AppBundle.Taken(BUNDLE));
  }

  @Test
  void theSameBundleGivesTheSameBytes() {
    assertThat(BundleArchive.zip(BUNDLE, List.of("values")))
        .isEqualTo(BundleArchive.zip(BUNDLE, List.of("values")));
  }

  @Test
  void foldersThatNoFileLiesInAreThere() throws IOException {
    byte[] archive = BundleArchive.zip(BUNDLE, List.of("values", "functions"));

    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      assertThat(zip.getNextEntry().getName()).isEqualTo("values/");
      assertThat(zip.getNextEntry().getName()).isEqualTo(".mdb/app_meta.json");
    }
  }

  @Test
  void whatIsNoFileOfAnAppStaysOut() throws IOException {
    byte[] archive = zip("realm_config.json", "README.md", "functions/node_modules/x/index.js");

    assertThat(BundleArchive.unzip(archive))
        .isInstanceOfSatisfying(
            AppBundle.Taken.class,
            taken -> assertThat(taken.bundle().paths()).containsExactly("realm_config.json"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../values/a.json", "/values/a.json", "values\\a.json", "values/../../a"})
  void aNameThatLeadsAwayIsRefused(String name) throws IOException {
    assertThat(problems(zip("realm_config.json", name)))
        .singleElement()
        .asString()
        .contains("the path is not allowed");
  }

  @Test
  void aBombEndsWhileItIsRead() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("functions/big.js"));
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 200; i++) {
        zip.write(zeros);
      }
      zip.closeEntry();
    }

    assertThat(problems(bytes.toByteArray()))
        .containsExactly("functions/big.js: the file is larger than 16 MB");
  }

  @Test
  void aBombOutsideOfTheAppEndsToo() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("movie.mp4"));
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 301; i++) {
        zip.write(zeros);
      }
      zip.closeEntry();
    }

    assertThat(problems(bytes.toByteArray()))
        .containsExactly("archive: the archive unpacks to more than 300 MB");
  }

  @Test
  void whatIsNoArchiveIsRefused() {
    assertThat(problems(bytes("PK, but not really")))
        .containsExactly("archive: this is no zip archive, or one without files");
  }

  @Test
  void anArchiveThatIsCutOffIsRefused() {
    byte[] archive = BundleArchive.zip(BUNDLE, List.of());

    for (int length = 0; length < archive.length; length++) {
      assertThat(problems(Arrays.copyOf(archive, length))).isNotEmpty();
    }
  }
}
