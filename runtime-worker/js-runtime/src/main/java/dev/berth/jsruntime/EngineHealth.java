package dev.berth.jsruntime;

import dev.berth.appmodel.AppId;
import dev.berth.invocation.Limit;
import dev.berth.invocation.Outcome;
import dev.berth.jsruntime.frames.GuestThread;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether app code has harmed the engine, and with it every app in this process.
///
/// Executions tell what happened to them; after what may have broken something a [Canary] looks.
/// At most one looks at a time, at most one more is due, and a second passes between two: an app
/// that provokes them all the time buys a small part of one core. Safe from any thread.
public final class EngineHealth {

  private static final Logger LOG = LoggerFactory.getLogger(EngineHealth.class);

  private static final long PAUSE_MS = 1000;

  /// How GraalJS words the error it makes of an overflow of Java's stack.
  private static final String OVERFLOW = "Maximum call stack size exceeded";

  /// A class that broke when it was initialised fails so ever after, whoever needs it.
  private static final String BROKEN_CLASS = "NoClassDefFoundError";

  /// Whether a canary is at work.
  private enum Canaries {
    NONE,
    LOOKING,
    /// And something happened since it began to look.
    ONE_MORE_DUE
  }

  private final Canary canary;
  private final long pauseMillis;
  private final ScheduledExecutorService timers;
  private final ReentrantLock lock = new ReentrantLock();
  private Canaries canaries = Canaries.NONE;

  /// Whoever has overflowed Java's stack in this process, and so may have broken a class.
  private final Set<AppId> overflowed = new LinkedHashSet<>();

  private volatile @Nullable Ailment ailment;

  /// Begins well.
  ///
  /// @param timers rings for the next canary, which runs on a thread of its own
  public EngineHealth(ScheduledExecutorService timers) {
    this(timers, new Canary(), PAUSE_MS);
  }

  EngineHealth(ScheduledExecutorService timers, Canary canary, long pauseMillis) {
    this.timers = timers;
    this.canary = canary;
    this.pauseMillis = pauseMillis;
  }

  /// What is wrong, or `null`.
  public @Nullable Ailment ailment() {
    return ailment;
  }

  /// An invocation ended.
  void ended(AppId appId, Outcome outcome) {
    if (outcome instanceof Outcome.OverLimit over && over.limit() == Limit.STACK_FRAMES) {
      look();
    } else if (outcome instanceof Outcome.Threw threw && threw.message().contains(OVERFLOW)) {
      overflowed(appId);
    }
  }

  /// Java's stack ran out in a call of that app.
  void overflowed(AppId appId) {
    lock.lock();
    try {
      overflowed.add(appId);
    } finally {
      lock.unlock();
    }
    look();
  }

  /// Something of ours, or of the JVM, failed around an invocation.
  void broke(AppId appId, Throwable failure) {
    if (failure instanceof StackOverflowError) {
      overflowed(appId);
    } else {
      look();
    }
  }

  /// The engine failed in a call of that app.
  void engineFailed(AppId appId, String message) {
    // Whoever meets a broken class is not the one who broke it.
    becomes(
        new Ailment.EngineFailure(message.contains(BROKEN_CLASS) ? theOneThatOverflowed() : appId));
    look();
  }

  /// The only app that ever overflowed Java's stack here; `null` when there are none or several.
  @Nullable AppId theOneThatOverflowed() {
    lock.lock();
    try {
      return overflowed.size() == 1 ? overflowed.iterator().next() : null;
    } finally {
      lock.unlock();
    }
  }

  private void becomes(Ailment found) {
    lock.lock();
    try {
      Ailment known = ailment;
      if (known == null
          || (found instanceof Ailment.BrokenBuiltIn
              && !(known instanceof Ailment.BrokenBuiltIn))) {
        ailment = found;
      }
    } finally {
      lock.unlock();
    }
  }

  /// Lets a canary look before any app code runs, which also makes the JVM initialise what
  /// built-ins need while no stack is deep. Blocks for a second or so.
  ///
  /// @throws IllegalStateException when JavaScript does not work in this JVM
  public void examine() {
    CompletableFuture.supplyAsync(
            () -> Optional.ofNullable(canary.brokenProbe()), EngineHealth::onGuestThread)
        .join()
        .ifPresent(
            probe -> {
              throw new IllegalStateException(
                  "JavaScript does not work in this JVM: the probe '" + probe + "' fails");
            });
  }

  private static void onGuestThread(Runnable task) {
    new GuestThread("berth-canary", task).start();
  }

  private void look() {
    if (ailment instanceof Ailment.BrokenBuiltIn) {
      return;
    }
    lock.lock();
    try {
      if (canaries != Canaries.NONE) {
        canaries = Canaries.ONE_MORE_DUE;
        return;
      }
      canaries = Canaries.LOOKING;
    } finally {
      lock.unlock();
    }
    onGuestThread(this::lookOnce);
  }

  private void lookOnce() {
    try {
      String broken = canary.brokenProbe();
      if (broken != null) {
        LOG.atError().addKeyValue("probe", broken).log("JavaScript is broken in this process");
        becomes(new Ailment.BrokenBuiltIn(theOneThatOverflowed(), broken));
      }
    } finally {
      pause();
    }
  }

  private void pause() {
    try {
      var _ = timers.schedule(this::afterPause, pauseMillis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException stopped) {
      LOG.atDebug().log("no canary looks any more");
    }
  }

  private void afterPause() {
    lock.lock();
    try {
      if (canaries == Canaries.LOOKING) {
        canaries = Canaries.NONE;
        return;
      }
      canaries = Canaries.LOOKING;
    } finally {
      lock.unlock();
    }
    onGuestThread(this::lookOnce);
  }
}
