package dev.berth.invocation.bus;

import dev.berth.invocation.Outcome;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/// An outcome on its way to who posted the invocation.
///
/// @param version in which it is written, should it leave this process
/// @param wire as it goes then; `null` when it is so small that the bus may write it
record Answered(Outcome outcome, int version, @Nullable Buffer wire) {

  static Answered small(Outcome outcome, int version) {
    return new Answered(outcome, version, null);
  }

  /// For a thread on which it holds up nobody: all answers go out on one.
  static Answered written(Outcome outcome, int version) {
    return new Answered(outcome, version, write(outcome, version));
  }

  void appendTo(Buffer buffer) {
    buffer.appendBuffer(wire == null ? write(outcome, version) : wire);
  }

  private static Buffer write(Outcome outcome, int version) {
    Buffer written = Buffer.buffer();
    WireFormat.append(written, OutcomeForm.write(outcome, version));
    return written;
  }
}
