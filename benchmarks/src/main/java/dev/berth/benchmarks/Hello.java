package dev.berth.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A bare Vert.x endpoint and Berth: what everything costs that Berth does around a function.
public final class Hello implements Benchmark {

  /// What the app in `apps/hello` and the bare servers answer.
  public static final String ANSWER = "{\"message\":\"hello\",\"length\":16}";

  private static final int WARM_UP = 40;
  private static final int CONNECTIONS = 32;
  private static final int CALLS_ONE_BY_ONE = 5_000;

  @Override
  public String name() {
    return "hello";
  }

  @Override
  public String kind() {
    return "";
  }

  @Override
  public String usage() {
    return """
      hello: a small function in Berth against a bare Vert.x endpoint (the default)
          --url URL          measure this running endpoint instead of a Berth started here
          --with-router      measure a third server too: Vert.x with router and body handler
          --compiled         measure Berth with JavaScript compiled too
          --against DIR      measure the Berth of another checkout too, whose benchmarks were built
          --own-client       do not use wrk
      """
        + Plan.usage(WARM_UP, CONNECTIONS);
  }

  @Override
  public void run(Run run, Arguments arguments) throws IOException, InterruptedException {
    List<String> options = JvmOptions.usual();
    String bare = BareServer.class.getName();
    List<Target> targets = new ArrayList<>();
    targets.add(new Target.Java("bare Vert.x", options, List.of(bare)));
    if (arguments.flag("--with-router")) {
      targets.add(new Target.Java("Vert.x with router", options, List.of(bare, "router")));
    }
    String url = arguments.text("--url");
    targets.add(
        url != null
            ? new Target.Elsewhere("Berth", url)
            : new Target.Java(
                "Berth",
                options,
                List.of(BerthServer.class.getName(), run.app("hello").toString())));
    String other = arguments.text("--against");
    if (other != null) {
      targets.add(berthOf(Path.of(other), options, run.app("hello")));
    }
    if (arguments.flag("--compiled")) {
      targets.add(Crunch.berth(JsMode.COMPILED, run.app("hello")));
    }
    Plan plan =
        Plan.of(
            arguments,
            targets,
            url == null ? ANSWER : null,
            CALLS_ONE_BY_ONE,
            WARM_UP,
            CONNECTIONS,
            arguments.flag("--own-client"));
    String kind = other == null ? "" : "against";
    run.publish(kind, new Report(run, kind, Comparison.of(plan, run.folder())).text());
  }

  /// The same server of another checkout, with the class path that its build has left.
  private static Target berthOf(Path checkout, List<String> options, Path app) throws IOException {
    Path target = checkout.resolve("benchmarks/target");
    Path classPath = target.resolve("classpath");
    if (!Files.exists(classPath)) {
      throw new IllegalArgumentException(
          "--against needs a checkout whose benchmarks were built: there is no " + classPath);
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("-cp");
    command.add(target.resolve("classes") + ":" + Files.readString(classPath).strip());
    command.add(BerthServer.class.getName());
    command.add(app.toString());
    return new Target.Program("Berth of " + checkout.getFileName(), command);
  }
}
