package dev.berth.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A function that keeps a processor busy, in Berth and in a Node server: the very same file.
public final class Crunch implements Benchmark {

  /// What the function in `apps/crunch` answers.
  private static final String ANSWER = "{\"cents\":33371010,\"length\":1258020}";

  private static final int WARM_UP = 15;
  private static final int CONNECTIONS = 4;
  private static final int CALLS_ONE_BY_ONE = 100;

  @Override
  public String name() {
    return "crunch";
  }

  @Override
  public String usage() {
    return """
      crunch: a function that builds, writes and reads 20,000 objects, in Berth and in Node
          --js MODE          interpreted or compiled; both when not given
      """
        + Plan.usage(WARM_UP, CONNECTIONS);
  }

  @Override
  public void run(Run run, Arguments arguments) throws IOException, InterruptedException {
    Path app = run.app("crunch");
    List<Target> targets = new ArrayList<>();
    targets.add(node(run.folder().resolve("node-server.js"), app.resolve("functions/crunch.js")));
    for (JsMode mode : modes(arguments.text("--js"))) {
      targets.add(berth(mode, app));
    }
    // Its own client looks at every answer, and costs nothing beside such calls.
    Plan plan = Plan.of(arguments, targets, ANSWER, CALLS_ONE_BY_ONE, WARM_UP, CONNECTIONS, true);
    run.publish(name(), new Report(run, name(), Comparison.of(plan, run.folder())).text());
  }

  private static List<JsMode> modes(@Nullable String chosen) {
    if (chosen == null) {
      return List.of(JsMode.values());
    }
    for (JsMode mode : JsMode.values()) {
      if (mode.name().toLowerCase(Locale.ROOT).equals(chosen)) {
        return List.of(mode);
      }
    }
    throw new IllegalArgumentException("--js is interpreted or compiled, not " + chosen);
  }

  static Target berth(JsMode mode, Path app) {
    String name = "Berth, " + mode.name().toLowerCase(Locale.ROOT);
    List<String> options = JvmOptions.of(mode);
    return options.isEmpty()
        ? new Target.Absent(name, "nothing makes this JVM compile JavaScript")
        : new Target.Java(
            name, options, List.of(BerthServer.class.getName(), app.toString()), mode.announced());
  }

  private static Target node(Path server, Path function) {
    return isNodeInstalled()
        ? new Target.Program("Node", List.of("node", server.toString(), function.toString()))
        : new Target.Absent("Node", "no `node` on the PATH");
  }

  private static boolean isNodeInstalled() {
    try {
      Process process = new ProcessBuilder("node", "--version").start();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
          .startsWith("v");
    } catch (IOException _) {
      return false;
    }
  }
}
