package dev.berth.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// One process against a cluster on the same cores: what the way between gateway and worker costs,
/// and what a second worker brings.
public final class ClusterBenchmark implements Benchmark {

  private static final double TARGET = 0.35;

  private static final int WARM_UP = 60;
  private static final int CONNECTIONS = 32;
  private static final int CALLS_ONE_BY_ONE = 2_000;

  @Override
  public String name() {
    return "cluster";
  }

  @Override
  public String usage() {
    return """
      cluster: one process against a gateway and one or two workers, all compiled
          --own-client       do not use wrk
      """
        + Plan.usage(WARM_UP, CONNECTIONS);
  }

  @Override
  public void run(Run run, Arguments arguments) throws IOException, InterruptedException {
    String app = run.app("hello").toString();
    Target one =
        new Target.Dev(
            "one process",
            List.of(app),
            Map.of("BERTH_JS", JsMode.COMPILED.name().toLowerCase(Locale.ROOT)));
    Target cluster = new Target.Cluster("a gateway and a worker", 1, run.app("hello"));
    Target larger = new Target.Cluster("a gateway and two workers", 2, run.app("hello"));
    Plan plan =
        Plan.of(
            arguments,
            List.of(one, cluster, larger),
            Hello.ANSWER,
            CALLS_ONE_BY_ONE,
            WARM_UP,
            CONNECTIONS,
            arguments.flag("--own-client"));
    Report report = new Report(run, name(), Comparison.of(plan, run.folder()));
    double ratio = report.ratio(cluster);
    run.publish(
        name(),
        report.text()
            + String.format(
                Locale.ROOT,
                "%nTarget: a gateway and a worker at least %.2f of one process. Measured: %.2f, %s.%n"
                    + "A second worker on the same cores: %.2f of the first alone.%n",
                TARGET,
                ratio,
                ratio >= TARGET ? "met" : "missed",
                report.ratio(larger) / ratio));
  }
}
