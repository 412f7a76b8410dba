package dev.berth.appmodel.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Folders that are no app, files that are not what they should be, and links that lead away.
class FilesTest {

  private static final String HINT =
      "the root of an app holds root_config.json, or .mdb/meta.json, realm_config.json,"
          + " config.json or stitch.json with a config_version";

  @TempDir Path folder;
  @TempDir Path elsewhere;

  @Test
  void aFolderThatDoesNotExistIsSaidToBeMissing() {
    Path missing = folder.resolve("nowhere");

    assertThat(new AppFolder(missing).problems())
        .containsExactly("ERROR " + missing + ": no such folder; " + HINT);
  }

  @Test
  void aFileIsNoApp() {
    new AppFolder(folder).with("stitch.json", "{}");
    Path file = folder.resolve("stitch.json");

    assertThat(new AppFolder(file).problems())
        .containsExactly("ERROR " + file + ": not a folder; " + HINT);
  }

  @Test
  void aFolderWithoutARootIsToldWhatOneLooksLike() {
    AppFolder app = new AppFolder(folder).with("config.json", "[]").with("stitch.json", "{'x': 1}");

    assertThat(app.problems())
        .containsExactly(
            "ERROR " + folder + ": neither the folder nor the 8 above it hold an app; " + HINT);
  }

  @Test
  void aMalformedRootDoesNotHideTheProblemsOfOtherFiles() {
    AppFolder app =
        AppFolder.of20230101(folder)
            .with("root_config.json", "{'name': }")
            .with("values/a.json", "{'name': 'a'}");

    assertThat(app.problems())
        .containsExactly(
            "ERROR root_config.json:1: malformed JSON at column 10: Unexpected character ('}'"
                + " (code 125)): expected a value",
            "ERROR values/a.json:1 /value: \"value\" is required and missing");
  }

  @Test
  void aMalformedReservedRootIsAnErrorBesideAGoodOne() {
    AppFolder app = AppFolder.of20230101(folder).with("app_config.json", "{");

    assertThat(app.problems())
        .containsExactly(
            "ERROR app_config.json:1: malformed JSON at column 2: Unexpected end-of-input:"
                + " expected close marker for Object");
  }

  @Test
  void aByteOrderMarkIsAccepted() {
    AppFolder app =
        AppFolder.of20230101(folder).with("values/a.json", "\uFEFF{'name': 'a', 'value': 1}");

    assertThat(app.definition().values()).containsKey("a");
  }

  @Test
  void bytesThatAreNotUtf8AreAnErrorThatNamesTheFile() {
    AppFolder app =
        AppFolder.of20230101(folder)
            .withBytes(
                "values/a.json", "{\"name\": \"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1));

    assertThat(app.problems()).containsExactly("ERROR values/a.json: the file is not valid UTF-8");
  }

  @Test
  void aHugeFileIsAProblemAndNotRead() {
    AppFolder app =
        AppFolder.of20230101(folder)
            .withBytes("functions/hello.js", new byte[AppFiles.LARGEST_FILE + 1]);

    assertThat(app.problems())
        .containsExactly("ERROR functions/hello.js: the file is larger than 16 MB");
  }

  @Test
  void aDeeplyNestedFileIsAProblemAndExhaustsNothing() {
    AppFolder app = AppFolder.of20230101(folder).with("values/a.json", "[".repeat(100_000));

    assertThat(app.problems())
        .containsExactly(
            "ERROR values/a.json:1: malformed JSON at column 201: nested deeper than 200 levels");
  }

  @Test
  void aLinkOutOfTheAppIsNotFollowed() throws IOException {
    AppFolder app = AppFolder.of20230101(folder);
    Files.writeString(elsewhere.resolve("key.json"), "{\"name\": \"key\", \"value\": \"private\"}");
    Files.createDirectories(folder.resolve("values"));
    Files.createSymbolicLink(folder.resolve("values/key.json"), elsewhere.resolve("key.json"));
    Files.createSymbolicLink(folder.resolve("triggers"), elsewhere);

    assertThat(app.problems())
        .containsExactly(
            "ERROR values/key.json: the link leads out of the app folder; it is not followed",
            "ERROR triggers: the link leads out of the app folder; it is not followed");
  }

  @Test
  void aFunctionNameThatLeavesTheAppIsNotRead() {
    AppFolder app =
        AppFolder.of20230101(folder)
            .with("functions/config.json", "[{'name': 'hello'}, {'name': '../../etc/secret'}]");

    assertThat(app.problems())
        .containsExactly(
            "ERROR functions/../../etc/secret.js: the path leads out of the app folder; it is not"
                + " read",
            "ERROR functions/config.json:1 /1/name: the source of the function"
                + " \"../../etc/secret\" is missing: functions/../../etc/secret.js");
  }

  @Test
  void linksThatGoInCirclesEnd() throws IOException {
    AppFolder app = AppFolder.of20230101(folder);
    Files.createSymbolicLink(folder.resolve("functions/again"), folder.resolve("functions"));
    Files.createSymbolicLink(folder.resolve("functions/self.js"), Path.of("self.js"));

    assertThat(app.problems()).containsExactly("ERROR functions/self.js: the link leads nowhere");
  }

  @Test
  void installedPackagesAreNotFunctions() {
    AppFolder app =
        AppFolder.of20230101(folder)
            .with("functions/node_modules/x/index.js", "module.exports = 1");

    assertThat(app.definition().functions()).containsOnlyKeys("hello");
  }
}
