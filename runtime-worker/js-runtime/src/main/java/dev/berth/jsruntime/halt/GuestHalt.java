package dev.berth.jsruntime.halt;

import com.oracle.truffle.api.ThreadLocalAction;
import com.oracle.truffle.api.TruffleContext;
import com.oracle.truffle.api.instrumentation.TruffleInstrument;
import dev.berth.jsruntime.frames.GuestThread;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.Instrument;

/// Halts all app code of an engine for a moment.
///
/// What fills a heap goes on while the watchdog collects, decides and waits until a cancelled
/// invocation is gone: four of them put away 250 MB within a second, and then nothing in that
/// JVM gets to run between collections any more. Halted, each stands at its next safepoint; who
/// has to end goes on to its end ([GuestThread#goOn]).
///
/// Nothing is halted for longer than a second: it may hold a lock that somebody needs. For one
/// thread, the watchdog's.
public final class GuestHalt {

  static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final TruffleInstrument.Env env;

  /// Weak, so that a context whose end nobody tells of is not kept for it.
  private final Set<TruffleContext> contexts =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  private volatile boolean halted;
  private volatile long untilNanos;

  GuestHalt(TruffleInstrument.Env env) {
    this.env = env;
  }

  /// The halt of one engine.
  ///
  /// @throws IllegalStateException when the engine did not load the instrument
  public static GuestHalt of(Engine engine) {
    Instrument instrument = engine.getInstruments().get(HaltInstrument.ID);
    if (instrument == null) {
      throw new IllegalStateException(
          "the instrument " + HaltInstrument.ID + " is not loaded: app code could fill the heap");
    }
    return instrument.lookup(GuestHalt.class);
  }

  void add(TruffleContext context) {
    contexts.add(context);
  }

  void remove(TruffleContext context) {
    contexts.remove(context);
  }

  /// Halts what runs now, or goes on halting it for another second.
  public void begin() {
    long now = System.nanoTime();
    boolean standing = halted && now - untilNanos < 0;
    untilNanos = now + LONGEST_NANOS;
    halted = true;
    if (!standing) {
      List.copyOf(contexts).forEach(this::halt);
    }
  }

  /// Lets all go on.
  public void end() {
    if (halted) {
      halted = false;
    }
  }

  private void halt(TruffleContext context) {
    try {
      var _ = env.submitThreadLocal(context, null, new Standing());
    } catch (IllegalStateException closed) {
      remove(context);
    }
  }

  /// How a thread stands still. It has no side effects, so it may be anywhere.
  private final class Standing extends ThreadLocalAction {

    Standing() {
      super(false, false);
    }

    @Override
    protected void perform(Access access) {
      if (Thread.currentThread() instanceof GuestThread thread) {
        while (halted && !thread.goesOn() && System.nanoTime() - untilNanos < 0) {
          LockSupport.parkNanos(PAUSE_NANOS);
        }
      }
    }
  }
}
