package dev.berth.jsruntime;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.berth.jsruntime.bounds.HeapRoom;
import dev.berth.jsruntime.halt.GuestHalt;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Tells when what is needed comes near to what the heap can hold.
///
/// It looks where everything large and everything that stays ends up ([HeapRoom]). The use of that
/// includes garbage, so past the watermark it collects to learn the truth, a little earlier
/// than the JVM itself would have to. What is left above the watermark is more than the largest
/// piece that app code can ask for at once. For one thread.
final class HeapPressure {

  private static final double WATERMARK = 0.6;

  /// To use that much more of the heap is a reason to look again at once.
  private static final double STEP = 0.08;

  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final List<GarbageCollectorMXBean> collectors =
      ManagementFactory.getGarbageCollectorMXBeans();
  private final GuestHalt halt;
  private double usedThen;
  private long collectedAt = System.nanoTime() - PAUSE_NANOS;

  /// @param halt begins before a collection, so that nobody fills the heap meanwhile; whoever hears
  /// of the result ends it
  HeapPressure(GuestHalt halt) {
    this.halt = halt;
  }

  /// What the use of the heap says.
  enum Level {
    /// There is room.
    LOW,
    /// There may be little room, or what there is was found a moment ago.
    UNKNOWN,
    /// A collection has just shown that there is little room.
    HIGH
  }

  /// Who forbids collections makes this blind, and so lets one app fill the heap of all.
  ///
  /// @throws UnfitJvmException when they are forbidden
  static void requireCollections() {
    var jvm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    if (Boolean.parseBoolean(jvm.getVMOption("DisableExplicitGC").getValue())) {
      throw new UnfitJvmException(
          "app code cannot run with -XX:+DisableExplicitGC, which hides how full the heap is: "
              + "take it out of BERTH_JAVA_OPTS, JAVA_TOOL_OPTIONS or JDK_JAVA_OPTIONS");
    }
  }

  Level look(long nowNanos) {
    double used = HeapRoom.used();
    // The JVM may have collected itself: what was needed a moment ago says nothing any more.
    usedThen = Math.min(usedThen, used);
    if (used < WATERMARK) {
      return Level.LOW;
    }
    if (nowNanos - collectedAt < PAUSE_NANOS && used < usedThen + STEP) {
      return Level.UNKNOWN;
    }
    boolean collected = collect();
    usedThen = HeapRoom.used();
    collectedAt = System.nanoTime();
    if (!collected) {
      halt.end();
      return Level.UNKNOWN;
    }
    return usedThen < WATERMARK ? Level.LOW : Level.HIGH;
  }

  /// What was found a moment ago does not hold any more: the next look collects if it has to.
  void forget() {
    collectedAt = System.nanoTime() - PAUSE_NANOS;
  }

  /// Whether there was a collection: an operator may have forbidden to ask for one.
  private boolean collect() {
    long before = collections();
    halt.begin();
    System.gc();
    return collections() > before;
  }

  private long collections() {
    return collectors.stream().mapToLong(GarbageCollectorMXBean::getCollectionCount).sum();
  }
}
