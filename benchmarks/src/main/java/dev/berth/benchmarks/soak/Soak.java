package dev.berth.benchmarks.soak;

import dev.berth.benchmarks.Arguments;
import dev.berth.benchmarks.Benchmark;
import dev.berth.benchmarks.ClientLoad;
import dev.berth.benchmarks.DevProcess;
import dev.berth.benchmarks.Facts;
import dev.berth.benchmarks.Hello;
import dev.berth.benchmarks.Meters;
import dev.berth.benchmarks.Run;
import dev.berth.benchmarks.Table;
import dev.berth.benchmarks.soak.SteadyLoad.Felt;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/// A long time at 70 % of what it can do, with a deployment every five seconds: whether any call
/// fails, and whether anything grows. What it can do is measured with such deployments, too: each
/// has two processes compile a function anew.
public final class Soak implements Benchmark {

  private static final double SHARE = 0.7;
  private static final int CONNECTIONS = 32;
  private static final Duration WARM_UP = Duration.ofSeconds(30);
  private static final Duration MEASURED = Duration.ofSeconds(30);
  private static final Duration REHEARSAL = Duration.ofSeconds(30);
  private static final Duration DEPLOYED_EVERY = Duration.ofSeconds(5);
  private static final int LEAST_TRIES = 4;
  private static final int MOST_TRIES = 10;
  private static final double STILL_GROWS = 1.05;
  private static final double SLOWER = 0.7;
  private static final int DEPLOYMENTS_PER_SAMPLE = 6;

  private static final long MORE_HEAP_MEGABYTES = 64;
  private static final long MORE_THREADS = 32;
  private static final long MORE_FILES = 64;

  @Override
  public String name() {
    return "soak";
  }

  @Override
  public String usage() {
    return """
      soak: 70 % of the capacity of two worker processes, with a deployment every five seconds
          --minutes N        how long (10)
      """;
  }

  @Override
  public void run(Run run, Arguments arguments) throws IOException, InterruptedException {
    Duration length = Duration.ofMinutes(arguments.number("--minutes", 10));
    arguments.end();
    Vertx vertx = Vertx.vertx();
    try (EditedApp app = EditedApp.copyOf(run.app("hello"));
        HttpClient http = HttpClient.newHttpClient();
        ClientLoad most = new ClientLoad(CONNECTIONS, Hello.ANSWER);
        DevProcess berth =
            DevProcess.start(List.of("--workers=2", "--metrics-port=0", app.folder().toString()))) {
      Meters meters = new Meters(http, URI.create(berth.metricsUrl()));
      Deployments deployments = new Deployments(app, http, URI.create(berth.url()));
      most.drive(berth.url(), WARM_UP);
      double capacity = capacity(vertx, most, berth, deployments, meters);
      Meters.Held before = calm(berth, meters);
      Table samples = samples();
      Felt felt = soak(vertx, berth, capacity * SHARE, length, deployments, meters, samples);
      Meters.Held after = calm(berth, meters);
      run.publish(
          name(),
          run.title(name())
              + "\n\n"
              + samples
              + "\n"
              + verdict(felt, deployments, before, after)
              + "\n"
              + facts(run, berth, capacity, length, felt));
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  /// The highest pace, of those tried, at which every call is answered although a deployment every
  /// five seconds has the JVMs begin anew. It begins with what a client reaches that waits for each
  /// answer, and so calls less while they do.
  private static double capacity(
      Vertx vertx, ClientLoad most, DevProcess berth, Deployments deployments, Meters meters)
      throws IOException, InterruptedException {
    double pace = most(most, berth, deployments);
    while (true) {
      Felt felt = soak(vertx, berth, pace, REHEARSAL, deployments, meters, samples());
      System.err.printf(Locale.ROOT, "at a pace of %,.0f/s %,d failed%n", pace, felt.failed());
      if (felt.failed() == 0) {
        return pace;
      }
      pace *= SLOWER;
    }
  }

  /// The most that is reached with deployments. The JVMs compile what each new deployment needs
  /// beside the load, and for minutes get better at it: a first half minute shows a quarter.
  private static double most(ClientLoad most, DevProcess berth, Deployments deployments)
      throws IOException, InterruptedException {
    double best = 0;
    for (int tries = 1; tries <= MOST_TRIES; tries++) {
      double reached = reached(most, berth, deployments);
      System.err.printf(Locale.ROOT, "with deployments %,.0f requests/s%n", reached);
      if (tries >= LEAST_TRIES && reached < best * STILL_GROWS) {
        return Math.max(best, reached);
      }
      best = Math.max(best, reached);
    }
    return best;
  }

  private static double reached(ClientLoad most, DevProcess berth, Deployments deployments)
      throws IOException, InterruptedException {
    AtomicBoolean enough = new AtomicBoolean();
    CompletableFuture<Void> deploying =
        CompletableFuture.runAsync(
            () -> {
              while (!enough.get()) {
                deployments.nextAndWait(DEPLOYED_EVERY);
              }
            });
    double perSecond = most.drive(berth.url(), MEASURED).requestsPerSecond();
    enough.set(true);
    deploying.join();
    return perSecond;
  }

  private static Table samples() {
    return new Table(
        "after", "deployments", "failed calls", "processes", "heap MB", "threads", "files");
  }

  /// Calls and deploys for so long. What is measured meanwhile is not collected garbage too.
  private static Felt soak(
      Vertx vertx,
      DevProcess berth,
      double perSecond,
      Duration length,
      Deployments deployments,
      Meters meters,
      Table samples)
      throws IOException, InterruptedException {
    SteadyLoad load = SteadyLoad.begin(vertx, berth.url(), Hello.ANSWER, perSecond, length);
    long begin = System.nanoTime();
    long rounds = length.dividedBy(DEPLOYED_EVERY);
    for (long round = 1; round <= rounds; round++) {
      deployments.next();
      long left = begin + round * DEPLOYED_EVERY.toNanos() - System.nanoTime();
      Thread.sleep(Duration.ofNanos(Math.max(0, left)));
      if (round % DEPLOYMENTS_PER_SAMPLE == 0) {
        sample(System.nanoTime() - begin, load, deployments, meters.everything(), samples);
      }
    }
    return load.over().toCompletionStage().toCompletableFuture().join();
  }

  private static void sample(
      long nanos, SteadyLoad load, Deployments deployments, Meters.Held held, Table samples) {
    System.err.printf("%d s: %s, %d failed%n", nanos / 1_000_000_000, held, load.failedSoFar());
    samples.row(
        nanos / 1_000_000_000 + " s",
        Integer.toString(deployments.begun()),
        Long.toString(load.failedSoFar()),
        Integer.toString(held.processes()),
        Long.toString(held.heapMegabytes()),
        Long.toString(held.threads()),
        Long.toString(held.files()));
  }

  private static Meters.Held calm(DevProcess berth, Meters meters)
      throws IOException, InterruptedException {
    berth.collectGarbage();
    return meters.everything();
  }

  private static Facts verdict(
      Felt felt, Deployments deployments, Meters.Held before, Meters.Held after) {
    boolean flat =
        after.heapMegabytes() <= before.heapMegabytes() + MORE_HEAP_MEGABYTES
            && after.threads() <= before.threads() + MORE_THREADS
            && after.files() <= before.files() + MORE_FILES;
    return new Facts()
        .with(
            "failed calls",
            "target none; %d of %,d%s"
                .formatted(felt.failed(), felt.calls(), reasons(felt.failures())))
        .with(
            "deployments",
            "%d, of which %d were not served within 30 s; the slowest took %,d ms"
                .formatted(deployments.begun(), deployments.failed(), deployments.longestMillis()))
        .with("after a collection, before", before.toString())
        .with("after a collection, at the end", after.toString())
        .with(
            "flat",
            "target at most %d MB, %d threads and %d files more: %s"
                .formatted(MORE_HEAP_MEGABYTES, MORE_THREADS, MORE_FILES, flat ? "met" : "missed"));
  }

  private static String reasons(Map<String, Long> failures) {
    return failures.entrySet().stream()
        .map(each -> ", " + each.getValue() + " " + each.getKey())
        .collect(Collectors.joining());
  }

  private static Facts facts(
      Run run, DevProcess berth, double capacity, Duration length, Felt felt) {
    return run.facts()
        .with(
            "load",
            String.format(
                Locale.ROOT,
                "%d min at %,.0f requests/s, %.0f %% of the %,.0f at which half a minute with deployments had no failed call",
                length.toMinutes(),
                capacity * SHARE,
                SHARE * 100,
                capacity))
        .with(
            "latency from when a call was due",
            String.format(
                Locale.ROOT,
                "p50 %.1f ms, p99 %.1f ms, longest %.0f ms",
                felt.p50(),
                felt.p99(),
                felt.longest()))
        .with("Berth", berth.about());
  }
}
