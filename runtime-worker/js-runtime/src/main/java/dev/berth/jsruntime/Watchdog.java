package dev.berth.jsruntime;

import dev.berth.invocation.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// Ends invocations that pass a limit of time, CPU or memory.
///
/// One thread looks at all of them many times a second, which costs an invocation less than
/// timers of its own would.
public final class Watchdog implements AutoCloseable {

  /// Short enough that an allocation bomb is found before it fills a worker's heap.
  private static final long PERIOD_MS = 5;

  /// Cancelling normally takes a tenth of a second.
  private static final long STUCK_AFTER_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final Set<Execution> watched = ConcurrentHashMap.newKeySet();

  /// Those that were told to end and have not, and when they were told.
  private final Map<Execution, Long> ending = new ConcurrentHashMap<>();

  private final MemoryGuard memory;
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

  /// Whether a call that had to end still holds its thread. Nothing but the end of the process
  /// gets that thread back.
  public boolean hasStuckCalls() {
    long now = System.nanoTime();
    return ending.values().stream().anyMatch(told -> now - told > STUCK_AFTER_NANOS);
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
  }

  private void end(Execution execution, Outcome.OverLimit over) {
    ending.put(execution, System.nanoTime());
    watched.remove(execution);
    // Cancelling can block for as long as the engine cannot be interrupted.
    Thread.ofPlatform().name("berth-cancel").daemon().start(() -> execution.expire(over));
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
