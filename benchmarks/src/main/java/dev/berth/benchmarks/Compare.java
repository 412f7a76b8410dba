package dev.berth.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A small function in Berth, Fastify and workerd, next to a bare Vert.x endpoint.
public final class Compare implements Benchmark {

  private static final double OF_FASTIFY = 1;
  private static final double OF_WORKERD = 3;

  private static final int WARM_UP = 60;
  private static final int CONNECTIONS = 32;
  private static final int CALLS_ONE_BY_ONE = 5_000;

  @Override
  public String name() {
    return "compare";
  }

  @Override
  public String usage() {
    return """
      compare: a small function in Berth, in Fastify and in workerd, which npm fetches
          --own-client       do not use wrk
      """
        + Plan.usage(WARM_UP, CONNECTIONS);
  }

  @Override
  public void run(Run run, Arguments arguments) throws IOException, InterruptedException {
    Others others = Others.fetch(run);
    Target fastify = others.target("Fastify", "fastify-server.js");
    Target workerd = others.target("workerd", "workerd-server.js");
    List<Target> berths = new ArrayList<>();
    for (JsMode mode : JsMode.values()) {
      berths.add(Crunch.berth(mode, run.app("hello")));
    }
    List<Target> targets = new ArrayList<>();
    targets.add(
        new Target.Java("bare Vert.x", JvmOptions.usual(), List.of(BareServer.class.getName())));
    targets.add(fastify);
    targets.add(workerd);
    targets.addAll(berths);
    Plan plan =
        Plan.of(
            arguments,
            targets,
            Hello.ANSWER,
            CALLS_ONE_BY_ONE,
            WARM_UP,
            CONNECTIONS,
            arguments.flag("--own-client"));
    Report report = new Report(run, name(), Comparison.of(plan, run.folder()));
    StringBuilder text = new StringBuilder(report.text()).append('\n');
    for (Target berth : berths) {
      text.append(verdict(report, berth, fastify, OF_FASTIFY));
      text.append(verdict(report, berth, workerd, OF_WORKERD));
    }
    run.publish(name(), text.toString());
  }

  private static String verdict(Report report, Target berth, Target other, double target) {
    if (!report.has(berth) || !report.has(other)) {
      return "- %s, of %s: not run\n".formatted(berth.name(), other.name());
    }
    double ratio = report.ratio(berth) / report.ratio(other);
    return String.format(
        Locale.ROOT,
        "- %s: target at least %.1f of the requests of %s, measured %.2f, %s%n",
        berth.name(),
        target,
        other.name(),
        ratio,
        ratio >= target ? "met" : "missed");
  }
}
