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
    private boolean runsAlone;
  }

  /// A step that the next ones of its app wait for.
  private record Alone(Runnable step) implements Runnable {

    @Override
    public void run() {
      step.run();
    }
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

  /// Threads that were called and have not come yet; each takes a turn if one is left.
  private int coming;

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

  /// Queues a step that makes something for the steps behind it: none of them begins before it is
  /// over, however many threads are idle.
  void executeAlone(AppId appId, Runnable step) {
    submit(appId, new Alone(step));
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

  /// How many threads run a step now.
  int busy() {
    lock.lock();
    try {
      return lanes.values().stream().mapToInt(lane -> lane.running).sum();
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
    boolean mayRun = !lane.runsAlone && lane.running < mostPerApp;
    if (lane.hasTurn || lane.waiting.isEmpty() || !mayRun) {
      return;
    }
    lane.hasTurn = true;
    turns.addLast(appId);
    callThread();
  }

  /// Sees to it that somebody takes the turns. One that is called needs longer to come than a
  /// short step takes: until it is there, those that are done take turn after turn, and to call
  /// another one each time would only make them all compete for the cores.
  private void callThread() {
    if (coming >= turns.size()) {
      return;
    }
    Condition sleeper = idle.pollLast();
    if (sleeper != null) {
      coming++;
      sleeper.signal();
    } else if (alive < most) {
      coming++;
      alive++;
      new GuestThread("berth-guest-" + made++, this::run).start();
    }
  }

  private void run() {
    Condition work = lock.newCondition();
    Turn turn = next(work, null);
    try {
      while (turn != null) {
        try {
          turn.run();
        } catch (RuntimeException | StackOverflowError e) {
          LOG.atError().setCause(e).log("a guest thread survived a failed step");
        }
        turn = next(work, turn);
      }
    } finally {
      if (turn != null) {
        died(turn);
      }
    }
  }

  /// A step of an app, which is let go when it is over: an idle thread still has its last turn on
  /// its stack, and with it would keep all that the step could reach.
  private static final class Turn {

    final AppId appId;
    final Lane lane;
    final boolean isAlone;
    private @Nullable Runnable step;

    Turn(AppId appId, Lane lane, Runnable step) {
      this.appId = appId;
      this.lane = lane;
      this.isAlone = step instanceof Alone;
      this.step = step;
    }

    void run() {
      Runnable now = Objects.requireNonNull(step, "it has run");
      step = null;
      now.run();
    }
  }

  /// The next step, or `null` when this thread is not needed any more.
  ///
  /// @param done the step before; `null` when there was none and this thread was called
  private @Nullable Turn next(Condition work, @Nullable Turn done) {
    lock.lock();
    try {
      if (done != null) {
        // What it makes possible needs no other thread.
        coming++;
        finish(done);
      }
      coming--;
      while (turns.isEmpty()) {
        if (closed || !awaitCall(work)) {
          alive--;
          return null;
        }
      }
      AppId appId = turns.removeFirst();
      Lane lane = Objects.requireNonNull(lanes.get(appId));
      Turn turn = new Turn(appId, lane, lane.waiting.removeFirst());
      lane.running++;
      lane.hasTurn = false;
      lane.runsAlone = turn.isAlone;
      giveTurn(appId, lane);
      return turn;
    } finally {
      lock.unlock();
    }
  }

  private void died(Turn duringThis) {
    lock.lock();
    try {
      alive--;
      finish(duringThis);
    } finally {
      lock.unlock();
    }
  }

  private void finish(Turn turn) {
    turn.lane.running--;
    if (turn.isAlone) {
      turn.lane.runsAlone = false;
    }
    if (turn.lane.running == 0 && turn.lane.waiting.isEmpty()) {
      lanes.remove(turn.appId);
    } else {
      giveTurn(turn.appId, turn.lane);
    }
  }

  /// Waits until somebody calls.
  ///
  /// @return false when nobody has called for long, or will any more
  private boolean awaitCall(Condition work) {
    idle.addLast(work);
    boolean interrupted = false;
    try {
      boolean timely = true;
      // Whoever calls a thread takes it out before; a wake without a reason does not.
      while (timely && !closed && idle.contains(work)) {
        timely = work.await(IDLE_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException _) {
      // It was meant for a step that is over: so the engine ends a context.
      interrupted = true;
    }
    boolean called = !idle.remove(work);
    if (called) {
      coming--;
    }
    return called || interrupted;
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
