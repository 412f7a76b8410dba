package dev.berth.worker.mongodb;

import com.mongodb.reactivestreams.client.FindPublisher;
import dev.berth.jsruntime.service.GuestServiceException;
import dev.berth.rules.Candidates;
import dev.berth.rules.access.Permission;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/// The stored documents that a user's write is about, found one by one.
///
/// @param limits how long the database may look for them
record WritableDocuments(MongoLimits limits) {

  /// How often a document is judged anew because somebody else has changed it meanwhile.
  private static final int MAX_ATTEMPTS = 50;

  /// Matches a document only as long as it is exactly this one.
  static BsonDocument only(BsonDocument stored) {
    BsonDocument same =
        new BsonDocument(
            "$eq",
            new BsonArray(List.of(new BsonString("$$ROOT"), new BsonDocument("$literal", stored))));
    return new BsonDocument("_id", new BsonDocument("$eq", stored.get("_id")))
        .append("$expr", same);
  }

  /// Writes the first document that the rules have a role for.
  ///
  /// @param judge what may become of a document
  /// @param write writes it, unless it has changed; false when it has
  /// @return the document as it was before; nothing when there is none
  CompletionStage<Optional<BsonDocument>> firstThat(
      UserCall call,
      Function<BsonDocument, CompletionStage<Permission>> judge,
      Function<BsonDocument, CompletionStage<Boolean>> write) {
    return attempt(call, judge, write, 1);
  }

  private CompletionStage<Optional<BsonDocument>> attempt(
      UserCall call,
      Function<BsonDocument, CompletionStage<Permission>> judge,
      Function<BsonDocument, CompletionStage<Boolean>> write,
      int number) {
    if (number > MAX_ATTEMPTS) {
      return CompletableFuture.failedFuture(
          new GuestServiceException(
              "MongoDBError", "the document is being changed all the time; try again", null));
    }
    return found(call)
        .thenCompose(found -> new Walk(found, stored -> wanted(call, judge, stored)).first())
        .thenCompose(
            first ->
                first.isEmpty()
                    ? CompletableFuture.completedFuture(first)
                    : write
                        .apply(first.get())
                        .thenCompose(
                            written ->
                                written
                                    ? CompletableFuture.completedFuture(first)
                                    : attempt(call, judge, write, number + 1)));
  }

  private static CompletionStage<Boolean> wanted(
      UserCall call,
      Function<BsonDocument, CompletionStage<Permission>> judge,
      BsonDocument stored) {
    return judge
        .apply(stored)
        .thenApply(
            permission ->
                switch (permission) {
                  case PERMITTED -> true;
                  case NO_ROLE -> false;
                  case DENIED -> throw call.denied(verb(call));
                });
  }

  private static String verb(UserCall call) {
    return call.arguments().operation().toLowerCase(Locale.ROOT).contains("delete")
        ? "delete"
        : "update";
  }

  /// Does something with each document, one after the other.
  CompletionStage<Void> each(UserCall call, Function<BsonDocument, CompletionStage<Void>> action) {
    return found(call)
        .thenCompose(
            found -> new Walk(found, stored -> action.apply(stored).thenApply(_ -> false)).first())
        .thenAccept(_ -> {});
  }

  private CompletionStage<Publisher<BsonDocument>> found(UserCall call) {
    Candidates query = call.query();
    BsonDocument sort = call.checked("sort");
    return call.access()
        .narrowing()
        .thenApply(
            narrowing -> {
              Candidates wanted =
                  Candidates.every(List.of(query, narrowing.found(), call.access().changeable()));
              FindPublisher<BsonDocument> all =
                  call.collection()
                      .find()
                      .sort(sort)
                      .batchSize(100)
                      .maxTime(limits.readTime().toMillis(), TimeUnit.MILLISECONDS);
              return switch (wanted) {
                case Candidates.None() -> all.filter(nothing());
                case Candidates.All() -> all;
                case Candidates.Found(BsonDocument filter) ->
                    all.filter(RegexRewrite.query(filter));
              };
            });
  }

  private static BsonDocument nothing() {
    return new BsonDocument("_id", new BsonDocument("$in", new BsonArray()));
  }

  /// Goes through documents one by one until one of them is wanted.
  private static final class Walk implements Subscriber<BsonDocument> {

    private final Publisher<BsonDocument> documents;
    private final Function<BsonDocument, CompletionStage<Boolean>> isWanted;
    private final CompletableFuture<Optional<BsonDocument>> result = new CompletableFuture<>();

    // Guarded by this.
    private @Nullable Subscription source;
    private boolean judging;
    private boolean exhausted;

    Walk(
        Publisher<BsonDocument> documents,
        Function<BsonDocument, CompletionStage<Boolean>> isWanted) {
      this.documents = documents;
      this.isWanted = isWanted;
    }

    CompletableFuture<Optional<BsonDocument>> first() {
      documents.subscribe(this);
      return result;
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
        judging = true;
      }
      CompletionStage<Boolean> decision;
      try {
        decision = isWanted.apply(stored);
      } catch (RuntimeException failure) {
        end(failure);
        return;
      }
      decision.whenComplete(
          (wanted, failure) -> {
            if (failure != null) {
              end(failure);
            } else if (wanted) {
              cancel();
              result.complete(Optional.of(stored));
            } else {
              goOn();
            }
          });
    }

    private void goOn() {
      Subscription next;
      synchronized (this) {
        judging = false;
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
        isOver = !judging;
      }
      if (isOver) {
        result.complete(Optional.empty());
      }
    }
  }
}
