package dev.berth.jsruntime;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Ends invocations whose time is up.
///
/// One thread looks at all of them a few dozen times a second, which costs an invocation less
/// than a
/// timer of its own would.
public final class Watchdog implements AutoCloseable {

  private static final long PERIOD_MS = 20;

  private final Set<Execution> watched = ConcurrentHashMap.newKeySet();
  private final Thread thread;

  private Watchdog() {
    thread = Thread.ofPlatform().name("berth-watchdog").daemon().unstarted(this::watch);
  }

  public static Watchdog start() {
    Watchdog watchdog = new Watchdog();
    watchdog.thread.start();
    return watchdog;
  }

  public void add(Execution execution) {
    watched.add(execution);
  }

  public void remove(Execution execution) {
    watched.remove(execution);
  }

  private void watch() {
    try {
      while (true) {
        Thread.sleep(PERIOD_MS);
        long now = System.nanoTime();
        List<Execution> overdue =
            watched.stream().filter(execution -> execution.isOverdue(now)).toList();
        for (Execution execution : overdue) {
          watched.remove(execution);
          // Cancelling can block for as long as the engine cannot be interrupted.
          Thread.ofPlatform().name("berth-cancel").daemon().start(execution::expire);
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
