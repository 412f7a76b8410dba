package dev.berth.jsruntime.bounds;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.TruffleSafepoint;
import com.oracle.truffle.js.runtime.Errors;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// The room that is left for what app code makes in one large piece.
///
/// The watchdog sees what was allocated a few ms ago, or later on a machine that has much to do.
/// What fills a heap in a dozen steps must not depend on that: it waits here until the watchdog
/// has made room, and is refused where it does not.
public final class HeapRoom {

  /// Bytes from which on a piece asks.
  static final int LARGE_BYTES = 1 << 20;

  /// Beyond the watermark of the watchdog, which collects and ends calls from there on, and so
  /// far from the end that some who ask at the same moment may all be let through.
  private static final double FULL = 0.85;

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /// Where everything large and everything that stays ends up: the old generation of the serial
  /// collector and its like. Others bound their generations only together (ZGC), or have none.
  private static final Supplier<MemoryUsage> ROOM =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getName().matches("Tenured Gen|.* Old Gen"))
          .findAny()
          .<Supplier<MemoryUsage>>map(pool -> pool::getUsage)
          .orElse(ManagementFactory.getMemoryMXBean()::getHeapMemoryUsage);

  private HeapRoom() {}

  /// The part of it that is in use, garbage included: from 0 to 1.
  public static double used() {
    MemoryUsage usage = ROOM.get();
    return (double) usage.getUsed() / usage.getMax();
  }

  /// Waits until a large piece fits. The engine calls it on the thread of app code, which may be
  /// ended here.
  ///
  /// @throws com.oracle.truffle.js.runtime.JSException a `RangeError` when there is no room for
  /// two seconds
  @TruffleBoundary
  public static void awaitFor(int bytes) {
    long since = System.nanoTime();
    while (!fits(bytes)) {
      TruffleSafepoint.poll(null);
      if (System.nanoTime() - since > PATIENCE_NANOS) {
        throw Errors.createRangeError("out of memory: " + bytes + " bytes in one piece");
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private static boolean fits(int bytes) {
    MemoryUsage usage = ROOM.get();
    return usage.getUsed() + bytes <= FULL * usage.getMax();
  }
}
