package dev.berth.launcher.workers;

import dev.berth.launcher.workers.Culprit.Shortage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A worker process and where it is in its life. Only the thread of the supervisor touches it.
final class SupervisedWorker {

  /// The stations of a life, in their order; the end may come in any.
  enum State {
    /// Getting ready.
    STARTING,
    /// Ready, and waiting for a worker to take the place of.
    SPARE,
    /// Told to take calls.
    SERVING,
    /// Serving only until its successor does.
    REPLACED,
    /// Told to end.
    LEAVING
  }

  private final WorkerProcess process;
  private State state = State.STARTING;
  private boolean sick;
  private boolean wornOut;
  private boolean blamed;
  private @Nullable Shortage shortage;

  SupervisedWorker(WorkerProcess process) {
    this.process = process;
  }

  WorkerProcess process() {
    return process;
  }

  boolean is(State asked) {
    return state == asked;
  }

  /// Whether it serves, or may serve soon: those on their way out do not count.
  boolean counts() {
    return switch (state) {
      case STARTING, SPARE, SERVING -> true;
      case REPLACED, LEAVING -> false;
    };
  }

  void isReady() {
    state = State.SPARE;
  }

  void serves() {
    state = State.SERVING;
    process.tell(WorkerLine.SERVE);
  }

  void isReplaced() {
    state = State.REPLACED;
  }

  /// Ends when the calls it holds have ended, at most after that time.
  void leaves(Duration atMost) {
    state = State.LEAVING;
    process.tell(WorkerLine.drain(atMost));
  }

  /// Something is wrong with it, so it is not to be waited for.
  void fellSick() {
    sick = true;
  }

  boolean isSick() {
    return sick;
  }

  /// It has served long enough.
  void isWornOut() {
    wornOut = true;
  }

  boolean mayRetire() {
    return wornOut && state == State.SERVING;
  }

  void wasShort(Shortage said) {
    shortage = said;
  }

  @Nullable Shortage shortage() {
    return shortage;
  }

  /// Remembers that an app was blamed for its end.
  ///
  /// @return whether none had been
  boolean blame() {
    boolean first = !blamed;
    blamed = true;
    return first;
  }
}
