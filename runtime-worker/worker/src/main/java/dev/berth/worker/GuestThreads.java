package dev.berth.worker;

import dev.berth.appmodel.AppId;
import dev.berth.jsruntime.frames.GuestThread;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The threads that run JavaScript, shared fairly: apps with work take turns, one step each, so
/// an app with a thousand waiting steps delays another by one step and not by a thousand.
///
/// Platform threads with deep stacks; the engine supports no others.
final class GuestThreads implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(GuestThreads.class);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();

  /// Steps that wait, by app; an app without any is not in here, unless one runs alone.
  private final Map<AppId, Deque<Runnable>> steps = new HashMap<>();

  /// Whose turn is next.
  private final Deque<AppId> turns = new ArrayDeque<>();

  private boolean closed;

  private GuestThreads() {}

  static GuestThreads start(int count) {
    GuestThreads threads = new GuestThreads();
    for (int i = 0; i < count; i++) {
      new GuestThread("berth-guest-" + i, threads::run).start();
    }
    return threads;
  }

  /// A step that the next ones of its app wait for.
  private record Alone(AppId appId, Runnable step) implements Runnable {
    @Override
    public void run() {
      step.run();
    }
  }

  /// Where the steps of one app are queued.
  Executor of(AppId appId) {
    return step -> submit(appId, step);
  }

  /// Queues a step that makes something for the steps behind it: none of them begins before it is
  /// over, however many threads are idle.
  void executeAlone(AppId appId, Runnable step) {
    submit(appId, new Alone(appId, step));
  }

  private void submit(AppId appId, Runnable step) {
    lock.lock();
    try {
      Deque<Runnable> waiting = steps.get(appId);
      if (waiting == null) {
        waiting = new ArrayDeque<>();
        steps.put(appId, waiting);
        turns.addLast(appId);
      }
      waiting.addLast(step);
      work.signal();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    try {
      while (true) {
        Runnable step = next();
        try {
          step.run();
        } catch (RuntimeException | StackOverflowError e) {
          LOG.atError().setCause(e).log("a guest thread survived a failed step");
        } finally {
          if (step instanceof Alone(AppId appId, _)) {
            giveTurn(appId);
          }
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private Runnable next() throws InterruptedException {
    lock.lock();
    try {
      while (turns.isEmpty()) {
        if (closed) {
          throw new InterruptedException("closed");
        }
        work.await();
      }
      AppId appId = turns.removeFirst();
      Deque<Runnable> waiting = steps.get(appId);
      if (waiting == null) {
        throw new IllegalStateException("an app without work has a turn");
      }
      Runnable step = waiting.removeFirst();
      if (!(step instanceof Alone)) {
        queueAgain(appId, waiting);
      }
      return step;
    } finally {
      lock.unlock();
    }
  }

  private void queueAgain(AppId appId, Deque<Runnable> waiting) {
    if (waiting.isEmpty()) {
      steps.remove(appId);
    } else {
      turns.addLast(appId);
    }
  }

  /// The app's step that ran alone is over.
  private void giveTurn(AppId appId) {
    lock.lock();
    try {
      queueAgain(appId, steps.getOrDefault(appId, new ArrayDeque<>()));
      work.signal();
    } finally {
      lock.unlock();
    }
  }

  /// Lets the threads end when no step waits any more.
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      work.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
