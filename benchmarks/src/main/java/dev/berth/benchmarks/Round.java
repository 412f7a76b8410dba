package dev.berth.benchmarks;

import java.util.List;
import java.util.function.ToDoubleFunction;

/// One turn of one target.
///
/// @param firstCallMicros the first request a server got after its start
/// @param loaded under the load of all connections
/// @param sequential one call after another on one connection
record Round(String about, long firstCallMicros, Measured loaded, Measured sequential) {

  static double median(List<Round> rounds, ToDoubleFunction<Round> value) {
    double[] sorted = rounds.stream().mapToDouble(value).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
