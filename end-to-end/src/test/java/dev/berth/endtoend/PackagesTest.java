package dev.berth.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Packages that an app brings, from its folder to the answer of an endpoint.
@Timeout(300)
class PackagesTest {

  @TempDir private Path folder;

  private AppFolder app() {
    return AppFolder.in(folder, "app")
        .endpoint(
            "sum",
            """
            const { sum } = require('sums');
            exports = ({ query }) => sum(...query.of.split(',').map(Number));
            """)
        .endpoint(
            "built-in",
            "exports = () => require('crypto').createHash('md5').update('a').digest('hex');")
        .endpoint("nothing", "exports = () => require('not-there');")
        .write(
            "functions/node_modules/sums/package.json",
            "{\"name\": \"sums\", \"type\": \"module\", \"exports\": \"./lib/index.js\"}")
        .write(
            "functions/node_modules/sums/lib/index.js",
            "import { add } from './add.js'; export const sum = (...all) => all.reduce(add, 0);")
        .write("functions/node_modules/sums/lib/add.js", "export const add = (a, b) => a + b;");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--workers 1"})
  void functionsRequireThePackagesOfTheirApp(String options) {
    AppFolder app = app();
    try (BerthProcess berth = start(app, options)) {
      assertThat(berth.get("/sum?of=1,2,3").body()).isEqualTo("6");
      assertThat(berth.get("/sum?of=4,5").body()).isEqualTo("9");
      assertThat(berth.get("/built-in").body()).isEqualTo("\"0cc175b9c0f1b6a831c399e269772661\"");
      assertThat(berth.get("/nothing").statusCode()).isEqualTo(400);
      assertThat(berth.get("/nothing").body()).contains("Cannot find module 'not-there'");

      app.write(
              "functions/node_modules/sums/lib/add.js", "export const add = (a, b) => a + b + 100;")
          .write("functions/nothing.js", "exports = () => 'changed';");

      berth.awaitLine(line -> line.contains("revision 2 is live"));
      assertThat(berth.get("/sum?of=1,2").body()).isEqualTo("203");
    }
  }

  private BerthProcess start(AppFolder app, String options) {
    List<String> arguments = options.isEmpty() ? List.of() : List.of(options.split(" "));
    BerthProcess berth =
        BerthProcess.dev(
            folder,
            Stream.concat(Stream.of(app.path().toString()), arguments.stream())
                .toArray(String[]::new));
    berth.awaitLine(line -> line.startsWith("App code runs in"));
    return berth;
  }
}
