package dev.berth.jsruntime;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Comparator;
import java.util.Optional;

/// Tells when what survives garbage collection comes near to what the heap can hold.
///
/// What counts is the use after the last collection of the largest heap pool, the old generation:
/// before one, garbage cannot be told from what is needed.
final class HeapPressure {

  private static final double WATERMARK = 0.85;

  private final Optional<MemoryPoolMXBean> oldGeneration =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP)
          .filter(pool -> pool.getCollectionUsage() != null)
          .max(Comparator.comparingLong(pool -> pool.getUsage().getMax()));
  private long usedWhenActed;

  /// Whether the heap is past the watermark, and was collected since somebody last acted on that.
  boolean isPastWatermark() {
    if (oldGeneration.isEmpty()) {
      return false;
    }
    MemoryUsage usage = oldGeneration.get().getCollectionUsage();
    long used = usage.getUsed();
    return used > WATERMARK * usage.getMax() && used != usedWhenActed;
  }

  /// Somebody was ended; whether that helped shows the next collection.
  void acted() {
    oldGeneration.ifPresent(pool -> usedWhenActed = pool.getCollectionUsage().getUsed());
  }
}
