package dev.berth.controlplane.logs;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// What happened in some time, in numbers.
///
/// @param type of the log entries that it would be written as, such as `ENDPOINT`
/// @param millis of all calls together
/// @param within how many calls took no longer than so many ms, and longer than the bound below
public record PeriodUsage(
    String type,
    Instant at,
    long succeeded,
    long failed,
    long millis,
    NavigableMap<Long, Long> within) {

  private static final double NEARLY_ALL = 0.95;

  public PeriodUsage {
    within = Collections.unmodifiableNavigableMap(new TreeMap<>(within));
  }

  static PeriodUsage of(JsonObject document, Instant at) {
    NavigableMap<Long, Long> within = new TreeMap<>();
    for (String field : document.fieldNames()) {
      if (field.startsWith(UsageStore.WITHIN)) {
        within.put(
            Long.valueOf(field.substring(UsageStore.WITHIN.length())), document.getLong(field));
      }
    }
    return new PeriodUsage(
        document.getString("type"),
        at,
        document.getLong(UsageStore.SUCCEEDED, 0L),
        document.getLong(UsageStore.FAILED, 0L),
        document.getLong(UsageStore.MILLIS, 0L),
        within);
  }

  /// Nothing happened.
  public static PeriodUsage none(Instant at) {
    return new PeriodUsage("", at, 0, 0, 0, new TreeMap<>());
  }

  /// Both together, at the time of this one.
  public PeriodUsage and(PeriodUsage other) {
    NavigableMap<Long, Long> all = new TreeMap<>(within);
    other.within.forEach((bound, calls) -> all.merge(bound, calls, Long::sum));
    return new PeriodUsage(
        type, at, succeeded + other.succeeded, failed + other.failed, millis + other.millis, all);
  }

  /// A time in ms within which 95 of 100 calls ended; 0 when there were none.
  public long mostTookMillis() {
    long all = within.values().stream().mapToLong(Long::longValue).sum();
    long seen = 0;
    for (Map.Entry<Long, Long> bound : within.entrySet()) {
      seen += bound.getValue();
      if (seen >= all * NEARLY_ALL) {
        return bound.getKey();
      }
    }
    return 0;
  }
}
