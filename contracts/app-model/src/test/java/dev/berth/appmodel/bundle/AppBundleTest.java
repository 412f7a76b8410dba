package dev.berth.appmodel.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.appmodel.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What can be a bundle, and what it is then.
class AppBundleTest {

  @TempDir Path folder;
  @TempDir Path elsewhere;

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static List<String> problems(AppBundle.Result result) {
    return switch (result) {
      case AppBundle.Taken _ -> List.of();
      case AppBundle.Refused(var problems) -> problems.stream().map(Problem::toString).toList();
    };
  }

  private void write(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Test
  void bundlesOfTheSameFilesAreEqualWhateverTheOrder() {
    Map<String, byte[]> files = new HashMap<>();
    files.put("values/b.json", bytes("{}"));
    files.put("root_config.json", bytes("{}"));

    AppBundle one = AppBundle.of(files);
    AppBundle other =
        AppBundle.of(Map.of("root_config.json", bytes("{}"), "values/b.json", bytes("{}")));

    assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
    assertThat(one.paths()).containsExactly("root_config.json", "values/b.json");
    assertThat(one.bytes()).isEqualTo(4);
  }

  @Test
  void aBundleIsAnotherOneWithAByteMoved() {
    AppBundle one = AppBundle.of(Map.of("a", bytes("xy"), "b", bytes("z")));
    AppBundle other = AppBundle.of(Map.of("a", bytes("x"), "b", bytes("yz")));

    assertThat(one).isNotEqualTo(other);
  }

  @Test
  void nobodyChangesABundleFromOutside() {
    byte[] content = bytes("before");
    AppBundle bundle = AppBundle.of(Map.of("a", content));

    content[0] = '!';
    Objects.requireNonNull(bundle.content("a"))[0] = '!';

    assertThat(bundle.text("a")).isEqualTo("before");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/a",
        "../a",
        "a/../../b",
        "a/./b",
        "a//b",
        "a/",
        "a\\b",
        "C:/a",
        "c:a",
        "a\u0000b",
        "a\nb",
        "\uD800"
      })
  void aPathThatCouldLeadElsewhereIsRefused(String path) {
    assertThat(problems(AppBundle.collect(Map.of(path, bytes("x")))))
        .singleElement()
        .asString()
        .contains("the path is not allowed")
        .doesNotContain("\u0000")
        .doesNotContain("\n");
  }

  @Test
  void pathsThatOneSystemTakesForTheSameAreRefused() {
    assertThat(
            problems(
                AppBundle.collect(
                    Map.of("functions/A.js", bytes(""), "functions/a.js", bytes("")))))
        .singleElement()
        .asString()
        .contains("in nothing but letter case");
  }

  @Test
  void nothingIsAFileAndAFolder() {
    assertThat(problems(AppBundle.collect(Map.of("a/b", bytes(""), "A", bytes("")))))
        .singleElement()
        .asString()
        .contains("both a file and a folder");
  }

  @Test
  void tooManyFilesAreRefused() {
    Map<String, byte[]> files = new HashMap<>();
    for (int i = 0; i <= BundleLimits.FILES; i++) {
      files.put("values/" + i + ".json", bytes(""));
    }

    assertThat(problems(AppBundle.collect(files)))
        .singleElement()
        .asString()
        .contains("more than 10000 files");
  }

  @Test
  void tooManyBytesAreRefused() {
    byte[] large = new byte[BundleLimits.FILE_BYTES];
    Map<String, byte[]> files = Map.of("a", large, "b", large, "c", large, "d", large, "e", large);

    assertThat(problems(AppBundle.collect(files)))
        .singleElement()
        .asString()
        .contains("all files together are larger than 64 MB");
  }

  @Test
  void whatCannotBeABundleIsABugWhenItWasOneBefore() {
    assertThatThrownBy(() -> AppBundle.of(Map.of("../a", bytes("x"))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aFolderGivesTheFilesOfTheAppAlone() throws IOException {
    write("root_config.json", "{}");
    write("functions/a.js", "exports = 1");
    write("functions/node_modules/x/index.js", "1");
    write("functions/.hidden/y.js", "1");
    write(".git/config", "x");
    write("secrets.json", "{\"services\": {}}");
    write("README.md", "x");
    write("hosting/files/.well-known/a", "x");

    AppBundle.Result result = AppBundle.of(folder);

    assertThat(result)
        .isInstanceOfSatisfying(
            AppBundle.Taken.class,
            taken ->
                assertThat(taken.bundle().paths())
                    .containsExactly(
                        "functions/a.js", "hosting/files/.well-known/a", "root_config.json"));
  }

  @Test
  void aLinkOutOfTheFolderIsNotFollowed() throws IOException {
    write("root_config.json", "{}");
    Files.writeString(elsewhere.resolve("key.json"), "private");
    Files.createDirectories(folder.resolve("values"));
    Files.createSymbolicLink(folder.resolve("values/key.json"), elsewhere.resolve("key.json"));
    Files.createSymbolicLink(folder.resolve("triggers"), elsewhere);

    assertThat(problems(AppBundle.of(folder)))
        .containsExactly(
            "triggers: a link to a folder is not followed",
            "values/key.json: the link leads out of the app folder; it is not followed");
  }
}
