package dev.berth.benchmarks.neighbours;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The functions that the tests of the runtime attack it with, as an app.
final class Attacks {

  private static final Path SOURCE =
      Path.of("runtime-worker/js-runtime/src/test/resources/dev/berth/jsruntime/attacks.js");
  private static final Pattern BEGINNING = Pattern.compile("(?m)^//# ");

  private Attacks() {}

  /// @param route of its endpoint
  record Attack(String name, String route, String source) {}

  /// All of them, in the order of their file.
  static List<Attack> read(Path root) throws IOException {
    List<Attack> attacks = new ArrayList<>();
    for (String part :
        BEGINNING.splitAsStream(Files.readString(root.resolve(SOURCE))).skip(1).toList()) {
      int arrow = part.indexOf(" -> ");
      String name = part.substring(0, arrow);
      String function = "attack" + attacks.size();
      // Those that call themselves know the name that they have in the tests.
      String source =
          part.substring(part.indexOf('\n') + 1).replace("'" + name + "'", "'" + function + "'");
      attacks.add(new Attack(name, "/" + function, source));
    }
    return attacks;
  }

  /// Writes an app with an endpoint for each.
  static void write(List<Attack> attacks, Path folder) throws IOException {
    StringBuilder functions = new StringBuilder();
    StringBuilder endpoints = new StringBuilder();
    Files.createDirectories(folder.resolve("functions"));
    Files.createDirectories(folder.resolve("https_endpoints"));
    for (Attack attack : attacks) {
      String name = attack.route().substring(1);
      Files.writeString(folder.resolve("functions").resolve(name + ".js"), attack.source());
      functions.append(
          "%s{\"name\":\"%s\",\"run_as_system\":true}"
              .formatted(functions.isEmpty() ? "" : ",", name));
      endpoints.append(
          "%s{\"route\":\"%s\",\"http_method\":\"GET\",\"function_name\":\"%s\",\"respond_result\":true,\"return_type\":\"JSON\"}"
              .formatted(endpoints.isEmpty() ? "" : ",", attack.route(), name));
    }
    Files.writeString(folder.resolve("functions/config.json"), "[" + functions + "]");
    Files.writeString(folder.resolve("https_endpoints/config.json"), "[" + endpoints + "]");
    Files.writeString(
        folder.resolve("root_config.json"),
        "{\"app_id\":\"attacker-abcde\",\"name\":\"attacker\",\"config_version\":20210101}");
  }
}
