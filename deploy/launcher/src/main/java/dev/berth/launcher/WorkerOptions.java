package dev.berth.launcher;

import dev.berth.launcher.settings.Quantity;
import dev.berth.launcher.workers.WorkerProcessSettings;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads what a person wrote about worker processes.
final class WorkerOptions {

  static final String RETIRE_AFTER_INVOCATIONS = "BERTH_WORKER_RETIRE_AFTER_INVOCATIONS";
  static final String RETIRE_AFTER = "BERTH_WORKER_RETIRE_AFTER";

  private WorkerOptions() {}

  /// The settings that were asked for, or `null` when app code runs in this process.
  ///
  /// @param heap of each, such as `512m`; `null` for the usual one
  /// @throws IllegalArgumentException with a sentence that names what is wrong
  static @Nullable WorkerProcessSettings read(
      int workers, @Nullable String heap, Map<String, String> environment) {
    if (workers < 0 || workers > WorkerProcessSettings.MOST) {
      throw new IllegalArgumentException(
          "--workers must be between 0 and %d, and is %d"
              .formatted(WorkerProcessSettings.MOST, workers));
    }
    if (workers == 0) {
      if (heap != null) {
        throw new IllegalArgumentException(
            "--worker-heap is about worker processes: say how many with --workers");
      }
      return null;
    }
    WorkerProcessSettings usual = WorkerProcessSettings.standard(workers);
    String invocations = environment.get(RETIRE_AFTER_INVOCATIONS);
    String age = environment.get(RETIRE_AFTER);
    return usual
        .withHeapBytes(heap == null ? usual.heapBytes() : bytes(heap))
        .withRetirement(
            invocations == null ? usual.retireAfterInvocations() : count(invocations),
            age == null ? usual.retireAfter() : duration(age));
  }

  private static long bytes(String text) {
    long bytes = parse(Quantity.SIZE, text);
    if (bytes < WorkerProcessSettings.LEAST_HEAP_BYTES) {
      throw new IllegalArgumentException(
          "--worker-heap must be at least 128m, written like 512m or 2g, and is " + text);
    }
    return bytes;
  }

  private static long count(String text) {
    if (!text.matches("\\d{1,18}") || Long.parseLong(text) == 0) {
      throw new IllegalArgumentException(
          RETIRE_AFTER_INVOCATIONS + " must be a number of at least 1, and is " + text);
    }
    return Long.parseLong(text);
  }

  private static Duration duration(String text) {
    long millis = parse(Quantity.DURATION, text);
    if (millis < 1) {
      throw new IllegalArgumentException(
          RETIRE_AFTER + " must be a duration like 90s, 30m or 12h, and is " + text);
    }
    return Duration.ofMillis(millis);
  }

  /// The number that is meant, or -1.
  private static long parse(Quantity quantity, String text) {
    try {
      return quantity.parse(text);
    } catch (IllegalArgumentException | ArithmeticException e) {
      return -1;
    }
  }
}
