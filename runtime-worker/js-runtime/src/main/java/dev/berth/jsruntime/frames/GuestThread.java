package dev.berth.jsruntime.frames;

/// A thread that may run app code: a platform thread with a stack deep enough for the frame
/// limit.
///
/// The count of calls lives in the thread itself, because it changes with every call of app code
/// and nothing is quicker to reach.
public final class GuestThread extends Thread {

  /// The stack of each guest thread: a call in the interpreter takes a few hundred bytes to some
  /// kilobytes.
  private static final long STACK_BYTES = 64L * 1024 * 1024;

  int frames;
  boolean overflowed;
  private volatile boolean goesOn;

  /// A thread that does not keep the process alive and is not started yet.
  public GuestThread(String name, Runnable task) {
    super(null, task, name, STACK_BYTES);
    setDaemon(true);
  }

  /// App code begins at the bottom of the stack.
  void begin() {
    frames = 0;
  }

  /// Another invocation begins a step on it.
  public void begins() {
    goesOn = false;
  }

  /// What runs on it has to end, and is not halted on its way there. From any thread.
  public void goOn() {
    goesOn = true;
  }

  public boolean goesOn() {
    return goesOn;
  }
}
