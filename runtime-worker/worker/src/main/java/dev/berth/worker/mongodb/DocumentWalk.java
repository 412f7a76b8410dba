package dev.berth.worker.mongodb;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/// Goes through documents one by one until something is found in one of them. The next document
/// is asked for when the last one has been decided about.
final class DocumentWalk<T> implements Subscriber<BsonDocument> {

  private final Function<BsonDocument, CompletionStage<Optional<T>>> visit;
  private final CompletableFuture<Optional<T>> result = new CompletableFuture<>();

  // Guarded by this.
  private @Nullable Subscription source;
  private boolean visiting;
  private boolean exhausted;

  private DocumentWalk(Function<BsonDocument, CompletionStage<Optional<T>>> visit) {
    this.visit = visit;
  }

  /// Starts to go.
  ///
  /// @param visit what is found in a document; nothing when the walk is to go on
  static <T> CompletionStage<Optional<T>> through(
      Publisher<BsonDocument> documents,
      Function<BsonDocument, CompletionStage<Optional<T>>> visit) {
    var walk = new DocumentWalk<T>(visit);
    documents.subscribe(walk);
    return walk.result;
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    synchronized (this) {
      source = subscription;
    }
    subscription.request(1);
  }

  @Override
  public void onNext(BsonDocument stored) {
    synchronized (this) {
      visiting = true;
    }
    CompletionStage<Optional<T>> visited;
    try {
      visited = visit.apply(stored);
    } catch (RuntimeException failure) {
      end(failure);
      return;
    }
    visited.whenComplete(
        (found, failure) -> {
          if (failure != null) {
            end(failure);
          } else if (found.isPresent()) {
            cancel();
            result.complete(found);
          } else {
            goOn();
          }
        });
  }

  private void goOn() {
    Subscription next;
    synchronized (this) {
      visiting = false;
      next = exhausted ? null : source;
    }
    if (next == null) {
      result.complete(Optional.empty());
    } else {
      next.request(1);
    }
  }

  private void end(Throwable failure) {
    cancel();
    result.completeExceptionally(failure);
  }

  private void cancel() {
    Subscription cancelled;
    synchronized (this) {
      cancelled = source;
    }
    if (cancelled != null) {
      cancelled.cancel();
    }
  }

  @Override
  public void onError(Throwable failure) {
    result.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    boolean isOver;
    synchronized (this) {
      exhausted = true;
      isOver = !visiting;
    }
    if (isOver) {
      result.complete(Optional.empty());
    }
  }
}
