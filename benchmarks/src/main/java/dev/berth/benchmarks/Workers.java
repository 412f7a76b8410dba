package dev.berth.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/// The product with app code in its own process and with one worker process: what the way between
/// two processes costs.
public final class Workers implements Benchmark {

  private static final double TARGET = 0.35;

  private static final int WARM_UP = 40;
  private static final int CONNECTIONS = 32;
  private static final int CALLS_ONE_BY_ONE = 2_000;

  @Override
  public String name() {
    return "workers";
  }

  @Override
  public String usage() {
    return """
      workers: ./berth dev in one process against ./berth dev --workers 1
          --own-client       do not use wrk
      """
        + Plan.usage(WARM_UP, CONNECTIONS);
  }

  @Override
  public void run(Run run, Arguments arguments) throws IOException, InterruptedException {
    String app = run.app("hello").toString();
    Target one = new Target.Dev("one process", List.of(app));
    Target two = new Target.Dev("with a worker process", List.of("--workers", "1", app));
    Plan plan =
        Plan.of(
            arguments,
            List.of(one, two),
            Hello.ANSWER,
            CALLS_ONE_BY_ONE,
            WARM_UP,
            CONNECTIONS,
            arguments.flag("--own-client"));
    Report report = new Report(run, name(), Comparison.of(plan, run.folder()));
    double ratio = report.ratio(two);
    String verdict =
        String.format(
            Locale.ROOT,
            "Target: at least %.2f of one process. Measured: %.2f, %s.",
            TARGET,
            ratio,
            ratio >= TARGET ? "met" : "missed");
    run.publish(name(), report.text() + "\n" + verdict + "\n");
  }
}
