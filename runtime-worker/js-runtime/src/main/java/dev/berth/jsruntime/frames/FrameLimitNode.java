package dev.berth.jsruntime.frames;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.instrumentation.ExecutionEventNode;
import com.oracle.truffle.api.instrumentation.TruffleInstrument;

/// Counts one function in and out.
final class FrameLimitNode extends ExecutionEventNode {

  private final TruffleInstrument.Env env;

  FrameLimitNode(TruffleInstrument.Env env) {
    this.env = env;
  }

  @Override
  protected void onEnter(VirtualFrame frame) {
    enter();
  }

  /// A generator or async function goes on where it waited.
  @Override
  protected void onResume(VirtualFrame frame) {
    enter();
  }

  @Override
  protected void onReturnValue(VirtualFrame frame, Object result) {
    leave();
  }

  @Override
  protected void onReturnExceptional(VirtualFrame frame, Throwable exception) {
    leave();
    if (exception instanceof StackOverflowError) {
      // App code may catch it further up, as an error of its own.
      ((GuestThread) Thread.currentThread()).overflowed = true;
    }
  }

  /// A generator or async function waits: it is no longer on the stack.
  @Override
  protected void onYield(VirtualFrame frame, Object value) {
    leave();
  }

  private void enter() {
    GuestThread thread = (GuestThread) Thread.currentThread();
    if (++thread.frames > FrameLimit.MAX_FRAMES) {
      CompilerDirectives.transferToInterpreter();
      env.getEnteredContext().closeResourceExhausted(this, FrameLimit.EXCEEDED);
    }
  }

  private void leave() {
    ((GuestThread) Thread.currentThread()).frames--;
  }
}
