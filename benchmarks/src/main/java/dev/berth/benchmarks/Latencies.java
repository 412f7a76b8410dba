package dev.berth.benchmarks;

/// How long calls took, exact to the microsecond up to a second; of longer ones only the
/// longest is known, and stands for them all.
///
/// For one thread.
public final class Latencies {

  private final long[] countByMicros = new long[1_000_001];
  private long count;
  private long longestMicros;

  public void add(long nanos) {
    long micros = nanos / 1000;
    countByMicros[(int) Math.min(micros, countByMicros.length - 1)]++;
    longestMicros = Math.max(longestMicros, micros);
    count++;
  }

  public long count() {
    return count;
  }

  /// The time in microseconds that this share of all calls did not exceed.
  ///
  /// @param share such as 0.99
  public long percentile(double share) {
    long rank = Math.max(1, (long) Math.ceil(share * count));
    long seen = 0;
    for (int micros = 0; micros < countByMicros.length; micros++) {
      seen += countByMicros[micros];
      if (seen >= rank) {
        return micros < countByMicros.length - 1 ? micros : longestMicros;
      }
    }
    throw new IllegalStateException("no call was measured");
  }
}
