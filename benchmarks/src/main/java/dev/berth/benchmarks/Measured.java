package dev.berth.benchmarks;

/// What came of one load.
///
/// @param p50 of the response time, in microseconds
/// @param p95 of the response time, in microseconds
/// @param p99 of the response time, in microseconds
public record Measured(double requestsPerSecond, long p50, long p95, long p99) {

  public static Measured of(Latencies latencies, long nanos) {
    return new Measured(
        latencies.count() * 1e9 / nanos,
        latencies.percentile(0.5),
        latencies.percentile(0.95),
        latencies.percentile(0.99));
  }
}
