package dev.berth.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Drives a bare Vert.x endpoint and Berth in turn with the same load, and writes a report.
///
/// Only ratios of one report mean much: a shared machine is not as fast today as it was
/// yesterday, so the servers take turns and what slows the machine slows both.
public final class Compare {

  private static final List<String> ALWAYS =
      List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");

  /// The collector and the heap that `./berth` chooses.
  private static final String DEFAULT_OPTIONS = "-XX:+UseSerialGC -Xms64m -Xmx1g";

  private static final int WARM_UP_LOADS = 5;

  private static final int SEQUENTIAL_CALLS = 5_000;

  private final Options options;
  private final Load load;
  private final ClientLoad single;
  private final List<String> serverOptions = new ArrayList<>(ALWAYS);

  private Compare(Options options, Load load, ClientLoad single) {
    this.options = options;
    this.load = load;
    this.single = single;
    String more = System.getenv().getOrDefault("BENCH_JAVA_OPTS", DEFAULT_OPTIONS);
    serverOptions.addAll(List.of(more.strip().split("\\s+", -1)));
  }

  /// Runs everything; takes some minutes.
  public static void main(String[] args) throws IOException, InterruptedException {
    if (List.of(args).contains("--help")) {
      System.out.print(Options.USAGE);
      return;
    }
    Options options;
    try {
      options = Options.parse(List.of(args));
    } catch (IllegalArgumentException e) {
      System.err.println("benchmarks/run: " + e.getMessage() + "\n\n" + Options.USAGE);
      System.exit(2);
      return;
    }
    Path folder = Path.of(System.getProperty("berth.benchmarks", "benchmarks"));
    Machine machine = Machine.here();
    try (ClientLoad own = new ClientLoad(options.connections());
        ClientLoad single = new ClientLoad(1)) {
      boolean wrk = !options.ownClient() && WrkLoad.isInstalled();
      Load load = wrk ? new WrkLoad(folder.resolve("post.lua"), options.connections()) : own;
      Compare comparison = new Compare(options, load, single);
      Report report =
          new Report(
              LocalDate.now(ZoneOffset.UTC),
              machine,
              Machine.commit(),
              String.join(" ", "benchmarks/run", String.join(" ", args)).strip(),
              String.join(" ", comparison.serverOptions),
              load.description(),
              options,
              System.getenv().getOrDefault("BENCH_NOTE", ""),
              comparison.measure());
      Path file = folder.resolve("results").resolve(report.fileName());
      Files.createDirectories(file.getParent());
      Files.writeString(file, report.text());
      System.out.println(report.text());
      System.err.println("written to " + file);
    }
  }

  private Map<Target, List<Round>> measure() throws IOException, InterruptedException {
    Map<Target, List<Round>> rounds = new LinkedHashMap<>();
    for (int round = 1; round <= options.rounds(); round++) {
      for (Target target : options.targets()) {
        Round measured = measure(target);
        System.err.printf(
            "round %d, %s: %.0f requests/s%n",
            round, target.name(), measured.loaded().requestsPerSecond());
        rounds.computeIfAbsent(target, _ -> new ArrayList<>()).add(measured);
      }
    }
    return rounds;
  }

  private Round measure(Target target) throws IOException, InterruptedException {
    try (Target.Running server = target.start(serverOptions)) {
      long firstCall = single.send(server.url(), 1).p50();
      warmUp(server);
      Measured loaded = load.drive(server.url(), options.measured());
      Measured sequential = single.send(server.url(), SEQUENTIAL_CALLS);
      return new Round(server.about(), firstCall, loaded, sequential);
    }
  }

  /// Several short loads rather than a long one: when a load ends, its connections close, and
  /// what the JVM compiled for connections that only ever stay open it compiles again.
  private void warmUp(Target.Running server) throws IOException, InterruptedException {
    Duration each = options.warmUp().dividedBy(WARM_UP_LOADS);
    if (each.toSeconds() == 0) {
      return;
    }
    for (int i = 0; i < WARM_UP_LOADS; i++) {
      load.drive(server.url(), each);
    }
  }
}
