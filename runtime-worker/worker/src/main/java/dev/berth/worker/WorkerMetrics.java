package dev.berth.worker;

import dev.berth.invocation.Limit;
import dev.berth.invocation.Outcome;

/// Who counts what a worker does. Called for every invocation on guest threads and event loops,
/// so it must be quick and never throw.
public interface WorkerMetrics {

  /// An invocation has its outcome.
  ///
  /// @param nanos since the worker got it, waiting included
  void invocationEnded(Ending ending, long nanos);

  /// An invocation of app code has given everything back.
  ///
  /// @param cpuNanos CPU time on guest threads
  /// @param allocatedBytes whether or not they are still in use
  void invocationUsed(long cpuNanos, long allocatedBytes);

  /// An invocation passed a limit.
  void limitPassed(Limit limit);

  /// An invocation was refused for want of room, and ended as unavailable.
  void refused(Refusal reason);

  /// What there was no room for.
  enum Refusal {
    /// As many calls of the app run and wait as may.
    TOO_MANY_WAITING,
    /// The heap is past its watermark.
    SHORT_OF_MEMORY
  }

  /// The kinds of [Outcome].
  enum Ending {
    RETURNED,
    RESPONDED,
    THREW,
    OVER_LIMIT,
    NOT_FOUND,
    UNAVAILABLE,
    LOST;

    public static Ending of(Outcome outcome) {
      return switch (outcome) {
        case Outcome.Returned _ -> RETURNED;
        case Outcome.Responded _ -> RESPONDED;
        case Outcome.Threw _ -> THREW;
        case Outcome.OverLimit _ -> OVER_LIMIT;
        case Outcome.NotFound _ -> NOT_FOUND;
        case Outcome.Unavailable _ -> UNAVAILABLE;
        case Outcome.Lost _ -> LOST;
      };
    }
  }

  /// Counts nothing.
  WorkerMetrics NONE =
      new WorkerMetrics() {
        @Override
        public void invocationEnded(Ending ending, long nanos) {}

        @Override
        public void invocationUsed(long cpuNanos, long allocatedBytes) {}

        @Override
        public void limitPassed(Limit limit) {}

        @Override
        public void refused(Refusal reason) {}
      };
}
