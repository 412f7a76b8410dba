package dev.berth.worker;

import dev.berth.appmodel.AppId;
import dev.berth.jsruntime.frames.GuestThread;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The threads that run JavaScript, shared fairly.
///
/// One app runs a few steps at once and no more, so a few apps that think for long leave threads
/// for all others, and the system shares the cores among them. When all threads are busy all the
/// same, apps with work take turns, one step each: an app with a thousand waiting steps delays
/// another by one step and not by a thousand.
///
/// Platform threads with deep stacks; the engine supports no others. They are made when they are
/// needed; the one that was idle shortest works next, and one that is idle for long ends.
final class GuestThreads implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(GuestThreads.class);

  private static final long IDLE_SECONDS = 5;

  /// The steps of one app.
  private static final class Lane {
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private int running;
    private boolean hasTurn;
  }

  private final int most;
  private final int mostPerApp;
  private final ReentrantLock lock = new ReentrantLock();

  /// Apps with steps that wait or run; an app without any is not in here.
  private final Map<AppId, Lane> lanes = new HashMap<>();

  /// Who may have a step run next, in this order.
  private final Deque<AppId> turns = new ArrayDeque<>();

  /// Threads that wait for work, the last one first.
  private final Deque<Condition> idle = new ArrayDeque<>();

  private int alive;
  private int made;
  private boolean closed;

  private GuestThreads(int most, int mostPerApp) {
    this.most = most;
    this.mostPerApp = mostPerApp;
  }

  /// Makes threads possible; there are none before the first step.
  ///
  /// @param most threads at once
  /// @param mostPerApp steps of one app at once
  static GuestThreads start(int most, int mostPerApp) {
    return new GuestThreads(most, mostPerApp);
  }

  /// Where the steps of one app are queued.
  Executor of(AppId appId) {
    return step -> submit(appId, step);
  }

  /// How many threads there are now.
  int alive() {
    lock.lock();
    try {
      return alive;
    } finally {
      lock.unlock();
    }
  }

  private void submit(AppId appId, Runnable step) {
    lock.lock();
    try {
      Lane lane = lanes.computeIfAbsent(appId, _ -> new Lane());
      lane.waiting.addLast(step);
      giveTurn(appId, lane);
    } finally {
      lock.unlock();
    }
  }

  /// Lets an app take its turn when it has work and may do more at once.
  private void giveTurn(AppId appId, Lane lane) {
    if (lane.hasTurn || lane.waiting.isEmpty() || lane.running >= mostPerApp) {
      return;
    }
    lane.hasTurn = true;
    turns.addLast(appId);
    Condition sleeper = idle.pollLast();
    if (sleeper != null) {
      sleeper.signal();
    } else if (alive < most) {
      alive++;
      new GuestThread("berth-guest-" + made++, this::run).start();
    }
  }

  private void run() {
    Condition work = lock.newCondition();
    try {
      for (Turn turn = next(work); turn != null; turn = next(work)) {
        try {
          turn.step.run();
        } catch (RuntimeException | StackOverflowError e) {
          LOG.atError().setCause(e).log("a guest thread survived a failed step");
        } finally {
          done(turn);
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      lock.lock();
      try {
        alive--;
      } finally {
        lock.unlock();
      }
    }
  }

  private record Turn(AppId appId, Lane lane, Runnable step) {}

  /// The next step, or `null` when this thread is not needed any more.
  private @Nullable Turn next(Condition work) throws InterruptedException {
    lock.lock();
    try {
      while (turns.isEmpty()) {
        if (closed) {
          return null;
        }
        idle.addLast(work);
        boolean timely = work.await(IDLE_SECONDS, TimeUnit.SECONDS);
        // Whoever has work takes a thread out before it wakes it; a wake without a reason does not.
        boolean nobodyWantsIt = idle.remove(work);
        if (nobodyWantsIt && !timely) {
          return null;
        }
      }
      AppId appId = turns.removeFirst();
      Lane lane = Objects.requireNonNull(lanes.get(appId));
      Runnable step = lane.waiting.removeFirst();
      lane.running++;
      lane.hasTurn = false;
      giveTurn(appId, lane);
      return new Turn(appId, lane, step);
    } finally {
      lock.unlock();
    }
  }

  private void done(Turn turn) {
    lock.lock();
    try {
      turn.lane.running--;
      if (turn.lane.running == 0 && turn.lane.waiting.isEmpty()) {
        lanes.remove(turn.appId);
      } else {
        giveTurn(turn.appId, turn.lane);
      }
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
      idle.forEach(Condition::signal);
    } finally {
      lock.unlock();
    }
  }
}
