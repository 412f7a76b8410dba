package dev.berth.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Saving a file deploys the app, as a whole or not at all.
class LiveReloadTest {

  @TempDir private Path folder;

  @Test
  void aSavedFileIsLiveAndABrokenOneLeavesTheOldRevisionServing() {
    AppFolder app = AppFolder.in(folder, "app").endpoint("hello", "exports = () => 'one';");
    try (BerthProcess berth = BerthProcess.dev(folder, "app")) {
      assertThat(berth.get("/hello").body()).isEqualTo("\"one\"");

      app.write("functions/hello.js", "exports = () => 'two';");
      berth.awaitLine(line -> line.contains("revision 2 is live"));
      assertThat(berth.get("/hello").body()).isEqualTo("\"two\"");

      app.write("functions/hello.js", "exports = () => {\n  'three'");
      berth.awaitLine(line -> line.contains("functions/hello.js:2"));
      assertThat(berth.get("/hello").body()).isEqualTo("\"two\"");

      app.endpoint("added", "exports = () => 'new';")
          .write("functions/hello.js", "exports = () => 'four';");
      berth.awaitLine(line -> line.contains("is live") && !line.contains("revision 2"));
      assertThat(berth.get("/added").body()).isEqualTo("\"new\"");
      assertThat(berth.get("/hello").body()).isEqualTo("\"four\"");
    }
  }
}
