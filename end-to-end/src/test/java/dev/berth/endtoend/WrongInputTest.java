package dev.berth.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A mistake of the user is one clear message, an exit code that is not 0, and nothing else.
class WrongInputTest {

  @TempDir private Path folder;

  private String failedStart(String... arguments) {
    try (BerthProcess berth = BerthProcess.run(folder, Map.of(), arguments)) {
      assertThat(berth.awaitExit()).as(berth.output()).isNotZero();
      assertThat(berth.output()).doesNotContain("Exception", "\tat ", "dev.berth");
      assertThat(folder.resolve(".berth")).as("nothing is written").doesNotExist();
      return berth.output();
    }
  }

  @Test
  void aMissingFolder() {
    assertThat(failedStart("dev", "missing")).contains("missing");
  }

  @Test
  void aFolderThatIsNoApp() throws IOException {
    Files.createDirectories(folder.resolve("empty"));

    assertThat(failedStart("dev", "empty")).contains("empty", "root_config.json");
  }

  @Test
  void malformedJsonNamesFileAndLine() {
    AppFolder.in(folder, "app")
        .endpoint("hello", "exports = () => 1;")
        .write("https_endpoints/config.json", "[\n  {\n    \"route\": }\n]");

    assertThat(failedStart("dev", "app")).contains("https_endpoints/config.json:3");
  }

  @Test
  void malformedJavaScriptNamesFileAndLine() {
    AppFolder.in(folder, "app").endpoint("hello", "exports = () => {\n  const = 1;\n};");

    assertThat(failedStart("dev", "app")).contains("functions/hello.js:2", "not JavaScript");
  }

  @Test
  void anUnknownOperatorNamesFileAndLine() {
    AppFolder.in(folder, "app")
        .endpoint("hello", "exports = () => 1;")
        .write(
            "functions/config.json",
            "[{\"name\": \"hello\",\n\"can_evaluate\": {\"%maybe\": true}}]");

    assertThat(failedStart("dev", "app"))
        .contains("functions/config.json:2", "unknown operator", "%maybe");
  }

  @Test
  void allProblemsAtOnce() {
    AppFolder.in(folder, "app")
        .endpoint("hello", "exports = () => {")
        .endpoint("other", "exports = = 1;")
        .write("values/x.json", "{\"name\": \"x\", \"value\": \"nope\", \"from_secret\": true}");

    assertThat(failedStart("dev", "app"))
        .contains("functions/hello.js", "functions/other.js", "values/x.json", "nope");
  }

  @Test
  void aPortInUse() throws IOException {
    AppFolder.in(folder, "app").endpoint("hello", "exports = () => 1;");
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());

      assertThat(failedStart("dev", "app", "--port", port)).contains(port, "in use");
    }
  }

  @Test
  void anUnknownCommandAndAnUnknownOption() {
    assertThat(failedStart("deploy-it")).contains("deploy-it");
    assertThat(failedStart("dev", "app", "--prot", "1")).contains("--prot");
  }

  @Test
  void aMalformedSecretIsNotRepeatedInTheMessage() {
    AppFolder.in(folder, "app").endpoint("hello", "exports = () => 1;");

    assertThat(failedStart("dev", "app", "--secret", "hunter2")).doesNotContain("hunter2");
  }
}
