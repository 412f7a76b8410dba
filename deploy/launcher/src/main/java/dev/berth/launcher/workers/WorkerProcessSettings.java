package dev.berth.launcher.workers;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/// How app code runs in processes of its own.
///
/// @param count of processes that serve; one more is started ahead
/// @param heapBytes of each
/// @param retireAfterInvocations how many a worker takes before another takes its place
/// @param retireAfter how long it serves at most
/// @param stuckGrace what a worker that is sick has to end the calls it holds
public record WorkerProcessSettings(
    int count,
    long heapBytes,
    long retireAfterInvocations,
    Duration retireAfter,
    Duration stuckGrace) {

  /// More would not fit a machine.
  public static final int MOST = 64;

  /// With less the JVM and the engine have hardly room for themselves.
  public static final long LEAST_HEAP_BYTES = 128L * 1024 * 1024;

  public WorkerProcessSettings {
    if (count < 1 || count > MOST) {
      throw new IllegalArgumentException("between 1 and " + MOST + " workers, not " + count);
    }
    if (heapBytes < LEAST_HEAP_BYTES) {
      throw new IllegalArgumentException("a heap of " + heapBytes + " bytes is too small");
    }
    if (retireAfterInvocations < 1
        || retireAfter.toMillis() < 1
        || stuckGrace.isNegative()
        || stuckGrace.isZero()) {
      throw new IllegalArgumentException("a worker lives for an invocation and a while at least");
    }
  }

  /// What fits most: enough heap for some thousand warm contexts.
  public static WorkerProcessSettings standard(int count) {
    return new WorkerProcessSettings(
        count, 512L * 1024 * 1024, 100_000_000, Duration.ofHours(12), Duration.ofSeconds(5));
  }

  /// How many invocations one worker takes: a tenth more or less, so that workers that were
  /// started together do not retire together.
  public long spreadInvocations() {
    return spread(retireAfterInvocations);
  }

  /// How long one worker serves, a tenth more or less.
  long spreadLifeMillis() {
    return spread(retireAfter.toMillis());
  }

  private static long spread(long value) {
    double factor = ThreadLocalRandom.current().nextDouble(0.9, 1.1);
    return Math.max(1, Math.round(value * factor));
  }

  /// With another heap.
  public WorkerProcessSettings withHeapBytes(long bytes) {
    return new WorkerProcessSettings(count, bytes, retireAfterInvocations, retireAfter, stuckGrace);
  }

  /// With another end of a worker's life.
  public WorkerProcessSettings withRetirement(long afterInvocations, Duration after) {
    return new WorkerProcessSettings(count, heapBytes, afterInvocations, after, stuckGrace);
  }
}
