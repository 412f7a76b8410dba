package dev.berth.benchmarks;

import dev.berth.jsruntime.JsCompiler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// What the command line asks for.
///
/// @param ownClient whether `wrk` is left alone even where it is installed
record Options(
    List<Target> targets,
    Duration warmUp,
    Duration measured,
    int rounds,
    int connections,
    boolean ownClient) {

  static final String USAGE =
      """
      Usage: benchmarks/run [OPTION...]

        --url URL          measure this running endpoint instead of a Berth started here
        --with-router      measure a third server too: Vert.x with router and body handler
        --compiled         measure Berth with JavaScript compiled too
        --warm-up SECONDS  before each measurement (20)
        --seconds SECONDS  of each measurement (10)
        --rounds N         how often each server has its turn; medians are shown (3)
        --connections N    (32)
        --own-client       do not use wrk

      BENCH_JAVA_OPTS holds the JVM options of the servers.
      BENCH_HOST_CLASS names the machine in the name of the file with the results.
      BENCH_NOTE is a sentence for the report, such as what else the machine was doing.
      """;

  Options {
    targets = List.copyOf(targets);
    if (rounds < 1 || connections < 1 || measured.toSeconds() < 1) {
      throw new IllegalArgumentException("rounds, connections and seconds are at least 1");
    }
  }

  /// Reads a command line.
  ///
  /// @throws IllegalArgumentException when it cannot be understood
  static Options parse(List<String> arguments) {
    List<Target> targets = new ArrayList<>();
    targets.add(new Target.Child("bare Vert.x", List.of(BareServer.class.getName())));
    Target berth = new Target.Child("Berth", List.of(BerthServer.class.getName()));
    Duration warmUp = Duration.ofSeconds(20);
    Duration measured = Duration.ofSeconds(10);
    int rounds = 3;
    int connections = 32;
    boolean ownClient = false;
    boolean compiled = false;
    Iterator<String> rest = arguments.iterator();
    while (rest.hasNext()) {
      String option = rest.next();
      switch (option) {
        case "--url" -> berth = new Target.Elsewhere("Berth", value(option, rest));
        case "--with-router" ->
            targets.add(
                new Target.Child(
                    "Vert.x with router", List.of(BareServer.class.getName(), "router")));
        case "--warm-up" -> warmUp = Duration.ofSeconds(number(option, rest));
        case "--seconds" -> measured = Duration.ofSeconds(number(option, rest));
        case "--rounds" -> rounds = number(option, rest);
        case "--connections" -> connections = number(option, rest);
        case "--compiled" -> compiled = true;
        case "--own-client" -> ownClient = true;
        default -> throw new IllegalArgumentException("there is no option " + option);
      }
    }
    targets.add(berth);
    if (compiled) {
      targets.add(
          new Target.Child(
              "Berth, compiled", compilerOptions(), List.of(BerthServer.class.getName())));
    }
    return new Options(targets, warmUp, measured, rounds, connections, ownClient);
  }

  private static List<String> compilerOptions() {
    return switch (JsCompiler.here()) {
      case JsCompiler.Available(List<String> options) -> options;
      case JsCompiler.Missing(String reason) ->
          throw new IllegalArgumentException("--compiled cannot be had: " + reason);
    };
  }

  private static String value(String option, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new IllegalArgumentException(option + " needs a value");
    }
    return rest.next();
  }

  private static int number(String option, Iterator<String> rest) {
    return Integer.parseInt(value(option, rest));
  }
}
