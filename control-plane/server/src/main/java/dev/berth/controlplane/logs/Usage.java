package dev.berth.controlplane.logs;

import dev.berth.appmodel.AppId;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;

/// What apps have done since somebody looked last, in numbers. Safe from any thread; counting
/// takes no lock.
final class Usage {

  /// Upper bounds of the times that are told apart, in ms; longer ones share the last place.
  private static final long[] BOUNDS = {
    1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 300_000
  };

  /// @param type of the log entries that are counted
  record Of(AppId appId, String type) {}

  private final AtomicReference<ConcurrentMap<Of, Counts>> current =
      new AtomicReference<>(new ConcurrentHashMap<>());

  void count(LogEntry entry) {
    Of key = new Of(entry.appId(), entry.type());
    ConcurrentMap<Of, Counts> map = current.get();
    Counts known = map.get(key);
    Counts counts = known == null ? map.computeIfAbsent(key, _ -> new Counts()) : known;
    counts.add(
        entry.isError(),
        Math.max(0, entry.completed().toEpochMilli() - entry.started().toEpochMilli()));
  }

  /// What was counted, and begins anew. A call that ends in this very moment may be missed.
  Map<Of, Counts> drain() {
    return current.getAndSet(new ConcurrentHashMap<>());
  }

  /// Numbers of one kind of calls of one app: succeeded, failed, their time, and how many took
  /// how long.
  static final class Counts {

    private static final int SUCCEEDED = 0;
    private static final int FAILED = 1;
    private static final int MILLIS = 2;
    private static final int FIRST_BOUND = 3;

    private final AtomicLongArray numbers = new AtomicLongArray(FIRST_BOUND + BOUNDS.length);

    private void add(boolean failed, long millis) {
      numbers.incrementAndGet(failed ? FAILED : SUCCEEDED);
      numbers.addAndGet(MILLIS, millis);
      int bound = 0;
      while (bound < BOUNDS.length - 1 && millis > BOUNDS[bound]) {
        bound++;
      }
      numbers.incrementAndGet(FIRST_BOUND + bound);
    }

    /// By the names that the database has for them; nothing for zero.
    Map<String, Long> byName() {
      Map<String, Long> byName = new TreeMap<>();
      for (int i = 0; i < numbers.length(); i++) {
        if (numbers.get(i) > 0) {
          byName.put(nameOf(i), numbers.get(i));
        }
      }
      return byName;
    }

    private static String nameOf(int place) {
      return switch (place) {
        case SUCCEEDED -> UsageStore.SUCCEEDED;
        case FAILED -> UsageStore.FAILED;
        case MILLIS -> UsageStore.MILLIS;
        default -> UsageStore.WITHIN + BOUNDS[place - FIRST_BOUND];
      };
    }
  }
}
