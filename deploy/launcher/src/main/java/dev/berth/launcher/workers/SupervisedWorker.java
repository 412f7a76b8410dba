package dev.berth.launcher.workers;

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

  void leaves() {
    state = State.LEAVING;
    process.tell(WorkerLine.DRAIN);
  }
}
