package dev.berth.jsruntime;

import dev.berth.appmodel.AppId;
import dev.berth.invocation.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Ends invocations that pass a limit of time, CPU or memory.
///
/// One thread looks at all of them many times a second, which costs an invocation less than
/// timers of its own would.
public final class Watchdog implements AutoCloseable {

  /// Short enough that an allocation bomb is found before it fills a worker's heap.
  private static final long PERIOD_MS = 5;

  /// Cancelling normally takes a tenth of a second.
  private static final long STUCK_AFTER_NANOS = TimeUnit.SECONDS.toNanos(2);

  private static final long TELL_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Set<Execution> watched = ConcurrentHashMap.newKeySet();

  /// Those that were told to end and have not, and when they were told.
  private final Map<Execution, Long> ending = new ConcurrentHashMap<>();

  private final MemoryGuard memory;
  private volatile ShortageListener onShortage = _ -> {};
  private long toldOfShortageAt = System.nanoTime() - TELL_EVERY_NANOS;
  private final Thread thread;

  private Watchdog(ContextPool contexts) {
    memory = new MemoryGuard(contexts);
    thread = Thread.ofPlatform().name("berth-watchdog").daemon().unstarted(this::watch);
  }

  /// Starts watching.
  ///
  /// @param contexts idle ones among them go when memory is short
  public static Watchdog start(ContextPool contexts) {
    Watchdog watchdog = new Watchdog(contexts);
    watchdog.thread.start();
    return watchdog;
  }

  public void add(Execution execution) {
    watched.add(execution);
  }

  public void remove(Execution execution) {
    watched.remove(execution);
    ending.remove(execution);
  }

  /// Hears that the heap is nearly full.
  @FunctionalInterface
  public interface ShortageListener {

    /// At most once a second, on the thread of the watchdog: a moment later the JVM may be gone.
    ///
    /// @param largest the app whose calls allocated more than all others together; `null` when
    /// none did
    void shortOfMemory(@Nullable AppId largest);
  }

  /// Sets who hears of a shortage.
  public void onMemoryShortage(ShortageListener listener) {
    onShortage = listener;
  }

  /// A call that had to end and still holds its thread, or `null`. Nothing but the end of the
  /// process gets that thread back.
  public Ailment.@Nullable StuckCall stuckCall() {
    long now = System.nanoTime();
    for (var call : ending.entrySet()) {
      if (now - call.getValue() > STUCK_AFTER_NANOS) {
        return new Ailment.StuckCall(call.getKey().appId());
      }
    }
    return null;
  }

  /// A heap that stays full although nothing runs, or `null`.
  public Ailment.@Nullable FullHeap fullHeap() {
    return memory.staysShort() ? new Ailment.FullHeap() : null;
  }

  /// Whether the heap is so full that new invocations have to be refused.
  public boolean isShortOfMemory() {
    return memory.isShort();
  }

  private void watch() {
    try {
      while (true) {
        Thread.sleep(PERIOD_MS);
        look(System.nanoTime());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void look(long now) {
    List<Execution> executions = new ArrayList<>(watched);
    for (Execution execution : executions) {
      Outcome.OverLimit over = execution.exceeded(now);
      if (over != null) {
        end(execution, over);
      }
    }
    executions.removeIf(execution -> !watched.contains(execution));
    memory
        .look(now, executions, ending.size())
        .ifPresent(largest -> end(largest, MemoryGuard.ENDED));
    if (memory.isShort()) {
      tellOfShortage(now);
    }
  }

  private void tellOfShortage(long now) {
    if (now - toldOfShortageAt >= TELL_EVERY_NANOS) {
      toldOfShortageAt = now;
      onShortage.shortOfMemory(largestApp());
    }
  }

  /// The app whose calls allocated more than those of all others together. Calls that were told
  /// to end count too: they may be allocating still.
  private @Nullable AppId largestApp() {
    Map<AppId, Long> byApp = new HashMap<>();
    Stream.concat(watched.stream(), ending.keySet().stream())
        .forEach(call -> byApp.merge(call.appId(), call.usage().allocatedBytes(), Long::sum));
    long all = byApp.values().stream().mapToLong(Long::longValue).sum();
    return byApp.entrySet().stream()
        .filter(app -> app.getValue() > all - app.getValue())
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(null);
  }

  private void end(Execution execution, Outcome.OverLimit over) {
    ending.put(execution, System.nanoTime());
    if (!watched.remove(execution)) {
      // It has ended meanwhile.
      ending.remove(execution);
      return;
    }
    // Cancelling can block for as long as the engine cannot be interrupted.
    Thread.ofPlatform().name("berth-cancel").daemon().start(() -> execution.expire(over));
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
