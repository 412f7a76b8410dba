package dev.berth.controlplane.admin;

import java.util.concurrent.atomic.AtomicLong;

/// How much of all requests together may be in memory. Safe from any thread.
final class ByteBudget {

  private final long most;
  private final AtomicLong taken = new AtomicLong();

  /// @param most bytes
  ByteBudget(long most) {
    this.most = most;
  }

  /// What one request has taken of it. Of one thread at a time.
  final class Share {

    private long bytes;

    /// Takes some more.
    ///
    /// @return false when there is no more
    boolean take(int more) {
      if (taken.addAndGet(more) > most) {
        taken.addAndGet(-more);
        return false;
      }
      bytes += more;
      return true;
    }

    /// Gives everything back.
    void giveBack() {
      taken.addAndGet(-bytes);
      bytes = 0;
    }
  }

  Share share() {
    return new Share();
  }

  /// What is taken now, in bytes.
  long taken() {
    return taken.get();
  }
}
