package dev.berth.jsruntime.frames;

import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.Instrument;

/// Counts the calls that app code is inside of and ends the invocation past a limit.
///
/// This guards the whole JVM, not only the app: when Java's own stack runs out while a class is
/// being initialised, that class is broken for every tenant until the JVM is restarted. The
/// limit ends app code long before (see RATIONALE.md). App code cannot catch it.
public final class FrameLimit {

  /// How many calls app code may be inside of.
  public static final int MAX_FRAMES = 4000;

  /// The message of the failure an ended invocation shows.
  public static final String EXCEEDED = "maximum call depth of " + MAX_FRAMES + " frames exceeded";

  FrameLimit() {}

  /// The limit of one engine.
  ///
  /// @throws IllegalStateException when the engine did not load the instrument
  public static FrameLimit of(Engine engine) {
    Instrument instrument = engine.getInstruments().get(FrameLimitInstrument.ID);
    if (instrument == null) {
      throw new IllegalStateException(
          "the instrument "
              + FrameLimitInstrument.ID
              + " is not loaded: app code could break the JVM");
    }
    return instrument.lookup(FrameLimit.class);
  }

  /// App code is about to begin on this thread.
  ///
  /// @throws IllegalStateException when this is no thread for app code
  public void begin() {
    if (!(Thread.currentThread() instanceof GuestThread thread)) {
      throw new IllegalStateException("app code may only run on a guest thread");
    }
    thread.begin();
  }

  /// Whether Java's own stack ran out in app code on this thread since this was last asked. Calls
  /// are counted, but not everything that nests is a call.
  public static boolean hasOverflowed() {
    GuestThread thread = (GuestThread) Thread.currentThread();
    boolean overflowed = thread.overflowed;
    thread.overflowed = false;
    return overflowed;
  }
}
