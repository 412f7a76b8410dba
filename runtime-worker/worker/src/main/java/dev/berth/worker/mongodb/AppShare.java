package dev.berth.worker.mongodb;

import dev.berth.jsruntime.service.CallScope;
import dev.berth.jsruntime.service.GuestServiceException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// What one app may ask of databases at once. Operations beyond that wait for their turn, and are
/// begun in the order in which they came: an operation of a transaction never passes the one that
/// began it.
///
/// Safe for use by any thread.
final class AppShare {

  private final int most;
  private final int mostWaiting;

  // All guarded by this. Operations are begun and answered outside of the lock, by one thread at a
  // time.
  private final Deque<Operation> waiting = new ArrayDeque<>();
  private int running;
  private boolean beginning;

  /// @param most operations that run at once
  /// @param mostWaiting operations that wait; the next one is refused
  AppShare(int most, int mostWaiting) {
    this.most = most;
    this.mostWaiting = mostWaiting;
  }

  /// Begins an operation now, or when others have ended. One whose invocation ends before it was
  /// begun never is.
  ///
  /// @throws GuestServiceException when too many are waiting
  CompletionStage<BsonValue> perform(
      CallScope scope, Supplier<CompletionStage<BsonValue>> operation) {
    var asked = new Operation(operation, new CompletableFuture<>());
    boolean waits;
    synchronized (this) {
      waits = running == most;
      if (waiting.size() >= mostWaiting) {
        throw new GuestServiceException(
            "MongoDBError",
            "too many operations of this app wait for its databases: more than "
                + most
                + " run and "
                + mostWaiting
                + " wait",
            null);
      }
      waiting.addLast(asked);
    }
    if (waits) {
      // What was answered is not kept until the invocation ends.
      var held = new AtomicReference<@Nullable Operation>(asked);
      var _ = asked.answer().whenComplete((_, _) -> held.set(null));
      scope.onEnd(() -> forget(held.get()));
    }
    begin();
    return asked.answer();
  }

  private void forget(@Nullable Operation ended) {
    if (ended == null) {
      return;
    }
    boolean neverBegun;
    synchronized (this) {
      neverBegun = waiting.remove(ended);
    }
    if (neverBegun) {
      ended
          .answer()
          .completeExceptionally(
              new GuestServiceException("MongoDBError", "the invocation has ended", null));
    }
  }

  private void begin() {
    for (Operation next = next(); next != null; next = next()) {
      CompletableFuture<BsonValue> answer = next.answer();
      begun(next)
          .whenComplete(
              (value, failure) -> {
                ended();
                if (failure == null) {
                  answer.complete(value);
                } else {
                  answer.completeExceptionally(failure);
                }
              });
      synchronized (this) {
        beginning = false;
      }
    }
  }

  /// The next operation that may begin. Whoever gets one says when it has begun it; meanwhile
  /// nobody else gets one.
  private synchronized @Nullable Operation next() {
    if (beginning || running == most || waiting.isEmpty()) {
      return null;
    }
    beginning = true;
    running++;
    return waiting.pollFirst();
  }

  private static CompletionStage<BsonValue> begun(Operation operation) {
    try {
      return operation.work().get();
    } catch (RuntimeException | Error failure) {
      return CompletableFuture.failedFuture(failure);
    }
  }

  private void ended() {
    synchronized (this) {
      running--;
    }
    begin();
  }

  private record Operation(
      Supplier<CompletionStage<BsonValue>> work, CompletableFuture<BsonValue> answer) {}
}
