package dev.berth.invocation.bus;

import org.jspecify.annotations.Nullable;

/// The workers that may run what belongs to a key: of all that are offered those that rank first
/// for it. For one thread and one choice.
final class Candidates {

  private final String key;
  private final RemoteWorker[] workers;
  private final int[] ranks;
  private int count;

  /// @param most how many there are at most
  Candidates(String key, int most) {
    this.key = key;
    this.workers = new RemoteWorker[most];
    this.ranks = new int[most];
  }

  void offer(RemoteWorker worker) {
    int rank = rank(key, worker.name());
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
      if (workers[i].load() < least.load()) {
        least = workers[i];
      }
    }
    return least;
  }

  /// Rendezvous hashing: every caller ranks the workers of a key alike, and a worker that comes
  /// or goes moves only the keys that are its own.
  private static int rank(String key, String worker) {
    int hash = 31 * key.hashCode() + worker.hashCode();
    hash ^= hash >>> 16;
    hash *= 0x7feb352d;
    hash ^= hash >>> 15;
    hash *= 0x846ca68b;
    return hash ^ (hash >>> 16);
  }
}
