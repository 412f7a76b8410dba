package dev.berth.worker;

import dev.berth.jsruntime.ExecutionLimits;

/// How a worker runs app code.
///
/// @param guestThreads platform threads that run JavaScript
/// @param guestStackBytes of each of them; less than 8 MB is refused, because a shallow stack
/// lets app
///     code break classes of this JVM for good (see RATIONALE.md)
/// @param invocationsPerApp running at once, each with a context of its own
/// @param waitingPerApp queued behind those; more are refused
/// @param idleContexts kept warm, over all apps
public record WorkerSettings(
    int guestThreads,
    long guestStackBytes,
    int invocationsPerApp,
    int waitingPerApp,
    int idleContexts,
    ExecutionLimits limits) {

  private static final long LEAST_STACK_BYTES = 8L * 1024 * 1024;

  public WorkerSettings {
    if (guestThreads < 1 || invocationsPerApp < 1 || waitingPerApp < 0 || idleContexts < 0) {
      throw new IllegalArgumentException("a worker needs at least one thread and one invocation");
    }
    if (guestStackBytes < LEAST_STACK_BYTES) {
      throw new IllegalArgumentException(
          "guest threads need stacks of at least " + LEAST_STACK_BYTES + " bytes");
    }
  }

  /// What fits a machine with that many cores.
  public static WorkerSettings forCores(int cores) {
    return new WorkerSettings(
        Math.max(2, cores), 2 * LEAST_STACK_BYTES, 100, 10_000, 500, ExecutionLimits.standard());
  }
}
