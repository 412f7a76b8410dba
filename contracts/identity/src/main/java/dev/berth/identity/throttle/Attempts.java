package dev.berth.identity.throttle;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Counts attempts per key as a bucket does that leaks: each attempt fills it by one, and it
/// empties steadily. Memory is bounded; what was not used for long is forgotten first.
///
/// Safe from any thread.
final class Attempts {

  private final InstantSource clock;
  private final int most;
  private final long millisEach;
  private final int mostKeys;
  private final ConcurrentHashMap<String, Bucket> buckets = new ConcurrentHashMap<>();

  /// @param most attempts at once
  /// @param each the time after which one more is allowed
  /// @param mostKeys how many keys are counted at a time
  Attempts(InstantSource clock, int most, Duration each, int mostKeys) {
    this.clock = clock;
    this.most = most;
    this.millisEach = each.toMillis();
    this.mostKeys = mostKeys;
  }

  /// @param emptyAt when the bucket is empty, in milliseconds since 1970
  private record Bucket(long emptyAt) {}

  /// How long to wait until the next attempt is allowed; empty when it is now.
  Optional<Duration> wait(String key) {
    Bucket bucket = buckets.get(key);
    if (bucket == null) {
      return Optional.empty();
    }
    long over = bucket.emptyAt - clock.millis() - (most - 1) * millisEach;
    return over > 0 ? Optional.of(Duration.ofMillis(over)) : Optional.empty();
  }

  /// Counts one.
  void count(String key) {
    if (buckets.size() >= mostKeys) {
      makeRoom();
    }
    long now = clock.millis();
    buckets.merge(
        key,
        new Bucket(now + millisEach),
        (old, _) -> new Bucket(Math.max(old.emptyAt, now) + millisEach));
  }

  /// Takes one back.
  void discount(String key) {
    long now = clock.millis();
    buckets.computeIfPresent(
        key,
        (_, old) -> old.emptyAt - millisEach <= now ? null : new Bucket(old.emptyAt - millisEach));
  }

  void forget(String key) {
    buckets.remove(key);
  }

  int size() {
    return buckets.size();
  }

  /// Empty buckets go, and when that is not enough, those that are empty soonest by a tenth.
  private void makeRoom() {
    long now = clock.millis();
    buckets.values().removeIf(bucket -> bucket.emptyAt <= now);
    if (buckets.size() < mostKeys) {
      return;
    }
    long soon = now + millisEach;
    buckets.values().removeIf(bucket -> bucket.emptyAt <= soon);
    Iterator<Map.Entry<String, Bucket>> any = buckets.entrySet().iterator();
    for (int surplus = buckets.size() - mostKeys * 9 / 10; surplus > 0 && any.hasNext(); ) {
      any.next();
      any.remove();
      surplus--;
    }
  }
}
