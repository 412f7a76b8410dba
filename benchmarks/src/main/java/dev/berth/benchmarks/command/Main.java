package dev.berth.benchmarks.command;

import dev.berth.benchmarks.Arguments;
import dev.berth.benchmarks.Authentication;
import dev.berth.benchmarks.Benchmark;
import dev.berth.benchmarks.ClusterBenchmark;
import dev.berth.benchmarks.Compare;
import dev.berth.benchmarks.Crunch;
import dev.berth.benchmarks.Hello;
import dev.berth.benchmarks.Requires;
import dev.berth.benchmarks.Run;
import dev.berth.benchmarks.Workers;
import dev.berth.benchmarks.data.Rules;
import dev.berth.benchmarks.engines.Engines;
import dev.berth.benchmarks.manyapps.Catalogue;
import dev.berth.benchmarks.manyapps.Density;
import dev.berth.benchmarks.manyapps.FirstCall;
import dev.berth.benchmarks.neighbours.Neighbours;
import dev.berth.benchmarks.soak.Soak;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// `benchmarks/run`: finds the benchmark that is asked for, or runs all of them.
public final class Main {

  private static final List<Benchmark> BENCHMARKS =
      List.of(
          new Hello(),
          new Density(),
          new FirstCall(),
          new Catalogue(),
          new Crunch(),
          new Workers(),
          new ClusterBenchmark(),
          new Authentication(),
          new Requires(),
          new Neighbours(),
          new Rules(),
          new Compare(),
          new Soak(),
          new Engines());

  private static final int FAILED = 1;
  private static final int MISUSED = 2;

  private Main() {}

  /// Measures and ends with 0, with 1 when something could not be measured, or with 2 when the
  /// command line cannot be understood.
  public static void main(String[] args) throws InterruptedException {
    List<String> arguments = new ArrayList<>(List.of(args));
    if (arguments.contains("--help")) {
      System.out.print(usage());
      return;
    }
    try {
      System.exit(
          switch (String.join(" ", args)) {
            case "--all" -> all();
            case "--report" -> report();
            default ->
                one(chosen(arguments), arguments, "benchmarks/run " + String.join(" ", args));
          });
    } catch (IllegalArgumentException e) {
      System.err.println("benchmarks/run: " + e.getMessage() + "; see benchmarks/run --help");
      System.exit(MISUSED);
    }
  }

  private static String usage() {
    return BENCHMARKS.stream()
        .map(Benchmark::usage)
        .collect(
            Collectors.joining(
                "\n",
                """
                Usage: benchmarks/run [BENCHMARK] [OPTION...]
                       benchmarks/run --all     every benchmark in this order and one report of all, some 95 minutes
                       benchmarks/run --report  one report of the newest results of each

                """,
                """

                BENCH_JAVA_OPTS replaces collector and heap of the servers that are started here.
                BENCH_HOST_CLASS names the machine in the names of the files with the results.
                BENCH_NOTE is a sentence for the report, such as what else the machine was doing.
                """));
  }

  /// Takes the name off the arguments; without one it is the first benchmark.
  private static Benchmark chosen(List<String> arguments) {
    if (arguments.isEmpty() || arguments.getFirst().startsWith("--")) {
      return BENCHMARKS.getFirst();
    }
    String name = arguments.removeFirst();
    return BENCHMARKS.stream()
        .filter(benchmark -> benchmark.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no benchmark " + name));
  }

  /// One that fails keeps none of the others from running.
  private static int all() throws InterruptedException {
    int worst = 0;
    for (Benchmark benchmark : BENCHMARKS) {
      System.err.println("== " + benchmark.name());
      worst = Math.max(worst, one(benchmark, List.of(), "benchmarks/run " + benchmark.name()));
    }
    return Math.max(worst, report());
  }

  /// Each part says itself when, how and of which commit it was measured.
  private static int report() {
    Run run = Run.begin("benchmarks/run --report");
    List<String> parts = new ArrayList<>();
    try {
      for (Benchmark benchmark : BENCHMARKS) {
        parts.add(
            run.results()
                .newest(benchmark.kind())
                .orElse("# " + benchmark.name() + ", not measured\n"));
      }
      run.publish("report", String.join("\n", parts));
      return 0;
    } catch (IOException e) {
      System.err.println("the report could not be written: " + e.getMessage());
      return FAILED;
    }
  }

  private static int one(Benchmark benchmark, List<String> arguments, String command)
      throws InterruptedException {
    try {
      benchmark.run(Run.begin(command.strip()), new Arguments(arguments));
      return 0;
    } catch (IOException | IllegalStateException e) {
      System.err.println("benchmarks/run " + benchmark.name() + " failed: " + e.getMessage());
      return FAILED;
    }
  }
}
