package dev.berth.launcher.workers;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/// How often a worker had to be replaced, and how long its place was vacant. What happens is told
/// on one thread; the figures may be read from any.
final class Replacements {

  private final LongAdder count = new LongAdder();
  private volatile long longestMillis;

  /// Places without a worker, the oldest first.
  private final Deque<Long> vacantSince = new ArrayDeque<>();

  /// Workers that were put into such a place and do not serve yet.
  private final Map<WorkerProcess, Long> successors = new HashMap<>();

  /// A worker that served, or was to, cannot any more.
  ///
  /// @param served whether it leaves a place vacant
  void isLost(boolean served) {
    count.increment();
    if (served) {
      vacantSince.addLast(System.nanoTime());
    }
  }

  /// A worker was told to serve.
  void isFilledBy(WorkerProcess worker) {
    Long since = vacantSince.pollFirst();
    if (since != null) {
      successors.put(worker, since);
    }
  }

  /// A worker said that it serves.
  void serves(WorkerProcess worker) {
    Long since = successors.remove(worker);
    if (since != null) {
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since);
      longestMillis = Math.max(longestMillis, millis);
    }
  }

  /// A worker is gone; the place it was put into is still vacant when it never served.
  void isGone(WorkerProcess worker) {
    Long since = successors.remove(worker);
    if (since != null) {
      vacantSince.addFirst(since);
    }
  }

  long count() {
    return count.sum();
  }

  /// From the moment a worker was known to be sick or dead until its successor served.
  long longestMillis() {
    return longestMillis;
  }
}
