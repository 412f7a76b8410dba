package dev.berth.benchmarks;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is compared, and how.
///
/// @param targets of which the first one that is present is what the others are measured by
/// @param answer what every body must be; `null` when that is not known
/// @param callsOneByOne after the load, on one connection
/// @param ownClient whether `wrk` is left alone even where it is installed
public record Plan(
    List<Target> targets,
    @Nullable String answer,
    int callsOneByOne,
    Duration warmUp,
    Duration measured,
    int rounds,
    int connections,
    boolean ownClient) {

  /// The part of a benchmark's help that explains what [#of] reads.
  public static String usage(int warmUp, int connections) {
    return """
          --warm-up SECONDS  before each measurement (%d)
          --seconds SECONDS  of each measurement (10)
          --rounds N         how often each server has its turn; medians are shown (3)
          --connections N    (%d)
      """
        .formatted(warmUp, connections);
  }

  public Plan {
    targets = List.copyOf(targets);
  }

  /// Reads what the command line may change.
  ///
  /// @throws IllegalArgumentException when it cannot be understood
  public static Plan of(
      Arguments arguments,
      List<Target> targets,
      @Nullable String answer,
      int callsOneByOne,
      int warmUp,
      int connections,
      boolean ownClient) {
    Plan plan =
        new Plan(
            targets,
            answer,
            callsOneByOne,
            Duration.ofSeconds(arguments.number("--warm-up", warmUp)),
            Duration.ofSeconds(arguments.number("--seconds", 10)),
            arguments.number("--rounds", 3),
            arguments.number("--connections", connections),
            ownClient);
    arguments.end();
    return plan;
  }
}
