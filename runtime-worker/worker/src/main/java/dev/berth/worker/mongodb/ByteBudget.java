package dev.berth.worker.mongodb;

import dev.berth.jsruntime.service.GuestServiceException;
import java.util.concurrent.atomic.AtomicLong;

/// The bytes of documents that may be held on the host for one invocation.
final class ByteBudget {

  private final long limit;
  private final AtomicLong held = new AtomicLong();

  ByteBudget(long limit) {
    this.limit = limit;
  }

  /// Takes bytes, or refuses without taking any.
  void take(long bytes) {
    long before =
        held.getAndAccumulate(bytes, (now, more) -> now + more > limit ? now : now + more);
    if (before + bytes > limit) {
      throw new GuestServiceException(
          "ReadSizeLimitExceeded",
          "results of more than " + limit + " bytes at once; read fewer documents or use a cursor",
          null);
    }
  }

  void giveBack(long bytes) {
    held.addAndGet(-bytes);
  }

  long held() {
    return held.get();
  }
}
