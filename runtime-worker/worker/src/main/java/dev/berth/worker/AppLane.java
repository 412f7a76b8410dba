package dev.berth.worker;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;

/// Admission of one app's invocations: so many run at once, so many wait, the rest is refused.
///
/// Safe from any thread; an admitted invocation is started on the thread that made room for it.
final class AppLane {

  private final int maxRunning;
  private final int maxWaiting;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private int running;

  AppLane(int maxRunning, int maxWaiting) {
    this.maxRunning = maxRunning;
    this.maxWaiting = maxWaiting;
  }

  /// Starts the invocation now or when there is room.
  ///
  /// @return false when the app has too many waiting already; nothing was started then
  boolean admit(Runnable start) {
    lock.lock();
    try {
      if (running >= maxRunning) {
        if (waiting.size() >= maxWaiting) {
          return false;
        }
        waiting.addLast(start);
        return true;
      }
      running++;
    } finally {
      lock.unlock();
    }
    start.run();
    return true;
  }

  /// How many wait now.
  int waitingCount() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  /// Makes room: an invocation has given everything back.
  void leave() {
    Runnable next;
    lock.lock();
    try {
      next = waiting.pollFirst();
      if (next == null) {
        running--;
      }
    } finally {
      lock.unlock();
    }
    if (next != null) {
      next.run();
    }
  }
}
