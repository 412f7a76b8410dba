package dev.berth.invocation.bus;

import dev.berth.appmodel.AppId;
import org.jspecify.annotations.Nullable;

/// The workers that may run what belongs to an app: of all that are offered those that rank first
/// for it. For one thread and one choice.
final class Candidates {

  private final AppId app;
  private final RemoteWorker[] workers;
  private final int[] ranks;
  private int count;

  /// @param most how many there are at most
  Candidates(AppId app, int most) {
    this.app = app;
    this.workers = new RemoteWorker[most];
    this.ranks = new int[most];
  }

  void offer(RemoteWorker worker) {
    int rank = rank(app.value(), worker.name());
    int place = count;
    while (place > 0 && rank < ranks[place - 1]) {
      place--;
    }
    if (place == workers.length) {
      return;
    }
    int moved = Math.min(count, workers.length - 1) - place;
    System.arraycopy(workers, place, workers, place + 1, moved);
    System.arraycopy(ranks, place, ranks, place + 1, moved);
    workers[place] = worker;
    ranks[place] = rank;
    count = Math.min(count + 1, workers.length);
  }

  /// The one with the least to do; of equals the one that ranks first, whose contexts are warm.
  @Nullable RemoteWorker leastBusy() {
    if (count == 0) {
      return null;
    }
    RemoteWorker least = workers[0];
    for (int i = 1; i < count; i++) {
      if (workers[i].inTheWayOf(app) < least.inTheWayOf(app)) {
        least = workers[i];
      }
    }
    return least;
  }

  /// Rendezvous hashing: every caller ranks the workers of an app alike, and a worker that comes
  /// or goes moves only the apps that are its own.
  private static int rank(String app, String worker) {
    int hash = 31 * app.hashCode() + worker.hashCode();
    hash ^= hash >>> 16;
    hash *= 0x7feb352d;
    hash ^= hash >>> 15;
    hash *= 0x846ca68b;
    return hash ^ (hash >>> 16);
  }
}
