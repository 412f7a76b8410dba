package dev.berth.worker;

import dev.berth.jsruntime.ExecutionLimits;

/// How a worker runs app code.
///
/// @param guestThreads platform threads that run JavaScript, at most; made when needed
/// @param guestThreadsPerApp how many of them one app may occupy at once
/// @param invocationsPerApp running at once, each with a context of its own
/// @param waitingPerApp queued behind those; more are refused
/// @param idleContexts kept warm, over all apps
public record WorkerSettings(
    int guestThreads,
    int guestThreadsPerApp,
    int invocationsPerApp,
    int waitingPerApp,
    int idleContexts,
    ExecutionLimits limits) {

  public WorkerSettings {
    if (guestThreads < 1 || guestThreadsPerApp < 1) {
      throw new IllegalArgumentException("a worker needs at least one thread for each app");
    }
    if (invocationsPerApp < 1 || waitingPerApp < 0 || idleContexts < 0) {
      throw new IllegalArgumentException("a worker needs at least one invocation");
    }
  }

  /// What fits a machine with that many cores.
  public static WorkerSettings forCores(int cores) {
    int perApp = Math.max(2, cores);
    return new WorkerSettings(16 * perApp, perApp, 100, 10_000, 500, ExecutionLimits.standard());
  }
}
