package dev.berth.worker.mongodb;

import dev.berth.jsruntime.service.CallScope;
import dev.berth.jsruntime.service.GuestService;
import dev.berth.jsruntime.service.GuestServiceException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/// Data for functions that watch: waits until there are changes, by looking again and again.
///
/// It takes part in nothing between two looks, so a function that waits keeps no connection from
/// anybody. Safe for use by any thread.
public final class ChangeWaits implements GuestService {

  private static final String AWAITED = "awaitChanges";

  private final GuestService data;
  private final Duration pause;

  /// @param data asked for one look at a time
  /// @param pause between two looks
  public ChangeWaits(GuestService data, Duration pause) {
    this.data = data;
    this.pause = pause;
  }

  @Override
  public CompletionStage<BsonValue> call(
      CallScope scope, String operation, BsonDocument arguments) {
    if (!operation.equals(AWAITED)) {
      return data.call(scope, operation, arguments);
    }
    var ended = new AtomicBoolean();
    scope.onEnd(() -> ended.set(true));
    return look(scope, arguments, ended);
  }

  private CompletionStage<BsonValue> look(
      CallScope scope, BsonDocument arguments, AtomicBoolean ended) {
    if (ended.get()) {
      return CompletableFuture.failedFuture(
          new GuestServiceException("MongoDBError", "the invocation has ended", null));
    }
    return data.call(scope, "changes", arguments)
        .thenCompose(
            seen ->
                seen.asDocument().getArray("events").isEmpty()
                    ? again(scope, after(arguments, seen), ended)
                    : CompletableFuture.completedFuture(seen));
  }

  private CompletionStage<BsonValue> again(
      CallScope scope, BsonDocument arguments, AtomicBoolean ended) {
    Executor later =
        CompletableFuture.delayedExecutor(
            pause.toMillis(), TimeUnit.MILLISECONDS, task -> Thread.ofVirtual().start(task));
    return CompletableFuture.supplyAsync(() -> arguments, later)
        .thenCompose(next -> look(scope, next, ended));
  }

  private static BsonDocument after(BsonDocument arguments, BsonValue seen) {
    BsonDocument next = arguments.clone();
    next.put("position", seen.asDocument().get("position"));
    return next;
  }
}
