package dev.berth.jsruntime;

import java.util.concurrent.TimeUnit;

/// Whether the heap stays full although there is nothing left to end. Whatever holds it is not to
/// be got rid of but with the process. Told on one thread, asked from any.
final class LastingShortage {

  /// So long: what is on its way out may need a moment.
  static final long LASTS_NANOS = TimeUnit.SECONDS.toNanos(10);

  private boolean begun;
  private long begunNanos;
  private volatile boolean lasts;

  /// The heap has room.
  void hasRoom() {
    begun = false;
    lasts = false;
  }

  /// The heap is full, and nothing runs that could be ended.
  void isHopeless(long nowNanos) {
    if (!begun) {
      begun = true;
      begunNanos = nowNanos;
    }
    lasts = nowNanos - begunNanos >= LASTS_NANOS;
  }

  boolean lasts() {
    return lasts;
  }
}
