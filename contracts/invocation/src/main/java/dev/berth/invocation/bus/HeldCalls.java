package dev.berth.invocation.bus;

import dev.berth.invocation.Outcome;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Calls that no worker takes at the moment. Between the end of one and the word of its successor
/// they wait, and while those that are there have no room; what runs nowhere yet can be held
/// without harm. Safe from any thread.
final class HeldCalls {

  /// Each holds the body of a request; more are refused at once.
  static final int MOST = 1000;

  /// Each is offered to workers again and again; more are refused at once.
  static final int MOST_OFFERED = 200;

  /// Longer than the news of a worker take, shorter than a client's patience.
  static final long LONGEST_MS = 3000;

  private static final long LOOK_EVERY_MS = 50;

  private final Vertx vertx;
  private final AtomicInteger count = new AtomicInteger();
  private final AtomicInteger offered = new AtomicInteger();

  HeldCalls(Vertx vertx) {
    this.vertx = vertx;
  }

  /// Holds a call until what it waits for is there.
  ///
  /// @return whether it is
  Future<Boolean> until(BooleanSupplier there) {
    if (count.incrementAndGet() > MOST) {
      count.decrementAndGet();
      return Future.succeededFuture(false);
    }
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LONGEST_MS);
    return look(there, deadline).onComplete(_ -> count.decrementAndGet());
  }

  /// Offers a call that was refused until it is not refused like that any more.
  ///
  /// @return how it ended, or the refusal
  Future<Outcome> offer(Outcome refusal, Supplier<Future<Outcome>> call) {
    if (offered.incrementAndGet() > MOST_OFFERED) {
      offered.decrementAndGet();
      return Future.succeededFuture(refusal);
    }
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LONGEST_MS);
    return offer(refusal, call, deadline).onComplete(_ -> offered.decrementAndGet());
  }

  private Future<Outcome> offer(Outcome refusal, Supplier<Future<Outcome>> call, long deadline) {
    return vertx
        .timer(LOOK_EVERY_MS)
        .compose(_ -> call.get())
        .compose(
            outcome ->
                outcome.equals(refusal) && System.nanoTime() - deadline < 0
                    ? offer(refusal, call, deadline)
                    : Future.succeededFuture(outcome));
  }

  private Future<Boolean> look(BooleanSupplier there, long deadline) {
    return vertx
        .timer(LOOK_EVERY_MS)
        .compose(
            _ -> {
              boolean found = there.getAsBoolean();
              return found || System.nanoTime() - deadline >= 0
                  ? Future.succeededFuture(found)
                  : look(there, deadline);
            });
  }
}
