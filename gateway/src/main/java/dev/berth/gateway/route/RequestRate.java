package dev.berth.gateway.route;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Requests at an even pace: a bucket that holds those of one second and fills all the time. Safe
/// from any thread; never waits.
final class RequestRate {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final int perSecond;
  private final long pause;

  /// When the bucket will be full again, which says all that there is to know about it.
  private final AtomicLong fullAt;

  /// A full bucket.
  ///
  /// @param now as `System.nanoTime` says it
  RequestRate(int perSecond, long now) {
    this.perSecond = perSecond;
    this.pause = SECOND / perSecond;
    this.fullAt = new AtomicLong(now);
  }

  int perSecond() {
    return perSecond;
  }

  /// Takes one request out of the bucket.
  ///
  /// @param now as `System.nanoTime` says it
  /// @return false when it is empty
  boolean tryTake(long now) {
    while (true) {
      long before = fullAt.get();
      long after = (before - now > 0 ? before : now) + pause;
      if (after - now > SECOND) {
        return false;
      }
      if (fullAt.compareAndSet(before, after)) {
        return true;
      }
    }
  }
}
