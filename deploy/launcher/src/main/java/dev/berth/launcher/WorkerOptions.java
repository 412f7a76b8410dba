package dev.berth.launcher;

import dev.berth.launcher.workers.WorkerProcessSettings;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads what a person wrote about worker processes.
final class WorkerOptions {

  static final String RETIRE_AFTER_INVOCATIONS = "BERTH_WORKER_RETIRE_AFTER_INVOCATIONS";
  static final String RETIRE_AFTER = "BERTH_WORKER_RETIRE_AFTER";

  private static final Pattern BYTES = Pattern.compile("(\\d{1,9})([kmgKMG])");
  private static final Pattern DURATION = Pattern.compile("(\\d{1,6})([smhd])");

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
    Matcher matcher = BYTES.matcher(text);
    long bytes = matcher.matches() ? Long.parseLong(matcher.group(1)) * unit(matcher.group(2)) : -1;
    if (bytes < WorkerProcessSettings.LEAST_HEAP_BYTES) {
      throw new IllegalArgumentException(
          "--worker-heap must be at least 128m, written like 512m or 2g, and is " + text);
    }
    return bytes;
  }

  private static long unit(String letter) {
    return switch (letter) {
      case "k", "K" -> 1L << 10;
      case "m", "M" -> 1L << 20;
      default -> 1L << 30;
    };
  }

  private static long count(String text) {
    if (!text.matches("\\d{1,18}") || Long.parseLong(text) == 0) {
      throw new IllegalArgumentException(
          RETIRE_AFTER_INVOCATIONS + " must be a number of at least 1, and is " + text);
    }
    return Long.parseLong(text);
  }

  private static Duration duration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
      throw new IllegalArgumentException(
          RETIRE_AFTER + " must be a duration like 90s, 30m, 12h or 7d, and is " + text);
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }
}
