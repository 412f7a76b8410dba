package dev.berth.jsruntime.frames;

import com.oracle.truffle.api.ContextThreadLocal;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.Instrument;

/// Counts the calls that app code is inside of and ends the invocation past a limit.
///
/// This guards the whole JVM, not only the app: when Java's own stack runs out while a class is
/// being
/// initialised, that class is broken for every tenant until the JVM is restarted. The limit ends
/// app
/// code long before (see RATIONALE.md). Neither the engine on a stock JDK nor app code can do
/// that:
/// app code cannot catch it.
public final class FrameLimit {

  /// How many calls app code may be inside of.
  public static final int MAX_FRAMES = 4000;

  /// The stack each guest thread needs for that many: a call in the interpreter takes a few
  /// hundred
  /// bytes to some kilobytes.
  public static final long STACK_BYTES = 64L * 1024 * 1024;

  /// The message of the failure an ended invocation shows.
  public static final String EXCEEDED = "maximum call depth of " + MAX_FRAMES + " frames exceeded";

  private final ContextThreadLocal<Depth> depth;

  FrameLimit(ContextThreadLocal<Depth> depth) {
    this.depth = depth;
  }

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

  /// App code begins at the bottom of a stack; call it on the thread that has entered the
  /// context.
  public void begin() {
    depth.get().frames = 0;
  }

  /// How deep the app code of one context is on one thread.
  static final class Depth {
    int frames;
  }
}
