package dev.berth.gateway.request;

import java.util.concurrent.atomic.AtomicLong;

/// What the bodies of all requests together may take of the heap: as they came, and once more as
/// values where the gateway reads them. Whoever sends them need not have said who it is. Safe from
/// any thread.
public final class BodyMemory {

  /// Bytes of values for a byte of a body: `{}` after `{}`, as somebody sends who wants to do harm.
  public static final int OF_STRANGERS = 30;

  /// The same of what apps send.
  public static final int OF_USERS = 8;

  private static final int PART_OF_THE_HEAP = 4;

  private final long most;
  private final AtomicLong taken = new AtomicLong();

  /// @param most bytes
  public BodyMemory(long most) {
    this.most = most;
  }

  public static BodyMemory ofThisProcess() {
    return new BodyMemory(Runtime.getRuntime().maxMemory() / PART_OF_THE_HEAP);
  }

  public Share share() {
    return new Share();
  }

  /// What is taken now, in bytes.
  public long taken() {
    return taken.get();
  }

  /// What one request has taken of it. Of one thread at a time.
  public final class Share {

    private long bytes;

    private Share() {}

    /// Takes some more.
    ///
    /// @return false when there is no more
    public boolean take(long more) {
      if (taken.addAndGet(more) > most) {
        taken.addAndGet(-more);
        return false;
      }
      bytes += more;
      return true;
    }

    /// Takes what a body may become as values; a single one gets through whatever its size is.
    ///
    /// @param weight bytes of values for a byte of the body
    public boolean takeForValues(long bodyBytes, int weight) {
      return take(Math.min(bodyBytes * weight, most / 2));
    }

    /// Gives everything back.
    public void giveBack() {
      taken.addAndGet(-bytes);
      bytes = 0;
    }
  }
}
