package dev.berth.benchmarks.manyapps;

import dev.berth.benchmarks.Arguments;
import dev.berth.benchmarks.Benchmark;
import dev.berth.benchmarks.ClientLoad;
import dev.berth.benchmarks.Hello;
import dev.berth.benchmarks.JvmOptions;
import dev.berth.benchmarks.Latencies;
import dev.berth.benchmarks.Run;
import dev.berth.benchmarks.Table;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// How long the first request of an app takes that was just deployed to a running worker.
public final class FirstCall implements Benchmark {

  private static final double TARGET_MS = 20;

  private static final int APPS = 200;

  /// For the app that was there before: what makes the worker a warm one.
  private static final int WARM_UP = 15;

  @Override
  public String name() {
    return "first-call";
  }

  @Override
  public String usage() {
    return """
      first-call: the first request of an app that was just deployed to a warm worker
          --apps N           of each kind (%d)
          --warm-up SECONDS  of another app, before (%d)
      """
        .formatted(APPS, WARM_UP);
  }

  @Override
  public void run(Run run, Arguments arguments) throws IOException {
    int apps = arguments.number("--apps", APPS);
    Duration warmUp = Duration.ofSeconds(arguments.number("--warm-up", WARM_UP));
    arguments.end();
    List<String> options = JvmOptions.usual();
    // Two contexts for an app that is called while its first one is being made.
    try (ManyApps server = ManyApps.start(run, options, 4 * apps + 100)) {
      try (ClientLoad load = new ClientLoad(1, Hello.ANSWER)) {
        load.drive(server.firstUrl(), warmUp);
      }
      Latencies atOnce = atOnce(server, apps);
      Latencies whenWarm = whenWarm(server, apps, 2 * apps);
      run.publish(name(), text(run, atOnce, whenWarm) + facts(run, server, options, apps, warmUp));
    }
  }

  /// Called in the moment they are deployed: the worker has just begun to make a context.
  private static Latencies atOnce(ManyApps server, int apps) throws IOException {
    Latencies latencies = new Latencies();
    for (int number = 0; number < apps; number++) {
      server.deploy(number, number + 1);
      latencies.add(TimeUnit.MICROSECONDS.toNanos(server.call(number)));
    }
    return latencies;
  }

  /// Called when the worker has made a context for them.
  private static Latencies whenWarm(ManyApps server, int from, int to) throws IOException {
    Latencies latencies = new Latencies();
    int idleBefore = server.idle();
    for (int number = from; number < to; number++) {
      server.deploy(number, number + 1);
      server.awaitIdle(idleBefore + number - from + 1);
      latencies.add(TimeUnit.MICROSECONDS.toNanos(server.call(number)));
    }
    return latencies;
  }

  private static String text(Run run, Latencies atOnce, Latencies whenWarm) {
    Table table = new Table("first call", "apps", "p50 ms", "p95 ms", "max ms");
    table.row(cells("right after the deployment", atOnce));
    table.row(cells("when the app is warm", whenWarm));
    double worse = Math.max(atOnce.percentile(0.5), whenWarm.percentile(0.5)) / 1000.0;
    return "%s%n%n%s%n%s%n%n"
        .formatted(
            run.title("first-call"),
            table,
            String.format(
                Locale.ROOT,
                "Target: %.0f ms at p50. Measured: %.2f, %s.",
                TARGET_MS,
                worse,
                worse <= TARGET_MS ? "met" : "missed"));
  }

  private static String[] cells(String kind, Latencies latencies) {
    return new String[] {
      kind,
      String.valueOf(latencies.count()),
      millis(latencies, 0.5),
      millis(latencies, 0.95),
      millis(latencies, 1)
    };
  }

  private static String millis(Latencies latencies, double share) {
    return String.format(Locale.ROOT, "%.2f", latencies.percentile(share) / 1000.0);
  }

  private static String facts(
      Run run, ManyApps server, List<String> options, int apps, Duration warmUp) {
    return run.facts()
        .with("server", "gateway, bus and worker in one JVM; " + server.about())
        .with("options of the server", "`" + String.join(" ", options) + "`")
        .with(
            "before",
            "%d s of calls of another app, one by one, on one connection"
                .formatted(warmUp.toSeconds()))
        .with(
            "order",
            "first %d apps that are called at once, then %d that are warm".formatted(apps, apps))
        .with(
            "a deployment",
            "the announcement to gateway and worker; checking and storing the app is done before it")
        .toString();
  }
}
