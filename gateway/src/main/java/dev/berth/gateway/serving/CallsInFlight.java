package dev.berth.gateway.serving;

import io.vertx.core.Future;
import io.vertx.core.Promise;

/// How many requests of one listener are not answered yet. Confined to one event loop.
final class CallsInFlight {

  private final Promise<Void> drained = Promise.promise();
  private int count;
  private boolean draining;

  void begin() {
    count++;
  }

  void end() {
    count--;
    completeWhenNone();
  }

  boolean isDraining() {
    return draining;
  }

  /// Completes when nothing is in flight any more.
  Future<Void> drain() {
    draining = true;
    completeWhenNone();
    return drained.future();
  }

  private void completeWhenNone() {
    if (draining && count == 0) {
      drained.tryComplete();
    }
  }
}
