package dev.berth.worker.mongodb;

import dev.berth.rules.access.DocumentAccess;
import dev.berth.rules.access.Permission;
import dev.berth.worker.mongodb.Judgement.Judge;
import dev.berth.worker.mongodb.Judgement.Permitted;
import dev.berth.worker.update.DocumentUpdate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/// The operations with which users replace and update.
///
/// What becomes of a document is known, and has passed rules and schema, before it is written;
/// and it is written only as long as it is what was judged.
///
/// @param documents where what is changed is found
/// @param inserts what an upsert that finds nothing does
/// @param given computes what a pipeline makes of a document that is not stored yet
record UserUpdates(WritableDocuments documents, UserInserts inserts, GivenDocuments given) {

  /// How often an upsert looks again because somebody else has inserted meanwhile.
  private static final int MAX_UPSERTS = 3;

  CompletionStage<BsonValue> replaceOne(UserCall call) {
    return one(call, replacement(call));
  }

  CompletionStage<BsonValue> updateOne(UserCall call) {
    return one(call, change(call));
  }

  private CompletionStage<BsonValue> one(UserCall call, Rewriting rewriting) {
    return changed(call, rewriting, 1)
        .thenApply(
            changed ->
                changed
                    .updated()
                    .map(updated -> updated(new WritableDocuments.Counts(0, 0).plus(updated)))
                    .orElseGet(() -> upserted(changed.inserted())));
  }

  CompletionStage<BsonValue> updateMany(UserCall call) {
    return updateMany(call, change(call), 1);
  }

  private CompletionStage<BsonValue> updateMany(UserCall call, Rewriting rewriting, int number) {
    return documents
        .all(call, judge(call, rewriting))
        .thenCompose(
            counts ->
                counts.matched() > 0
                    ? Results.done(updated(counts))
                    : upsert(call, rewriting)
                        .thenApply(UserUpdates::upserted)
                        .exceptionallyCompose(
                            failure ->
                                isWorthAnother(failure, number)
                                    ? updateMany(call, rewriting, number + 1)
                                    : CompletableFuture.failedFuture(failure)));
  }

  CompletionStage<BsonValue> findOneAndReplace(UserCall call) {
    return found(call, replacement(call));
  }

  CompletionStage<BsonValue> findOneAndUpdate(UserCall call) {
    return found(call, change(call));
  }

  private CompletionStage<BsonValue> found(UserCall call, Rewriting rewriting) {
    boolean isAfter = call.arguments().flag("returnNewDocument", false);
    return call.projection()
        .thenCompose(
            projection ->
                changed(call, rewriting, 1)
                    .thenCompose(
                        changed ->
                            call.shown(isAfter ? changed.after() : changed.before(), projection)));
  }

  /// What one operation on one document has done: one of the two, or nothing.
  private record Changed(Optional<Permitted> updated, Optional<BsonDocument> inserted) {

    Optional<BsonDocument> before() {
      return updated.map(Permitted::before);
    }

    Optional<BsonDocument> after() {
      return updated.map(Permitted::after).or(this::inserted);
    }
  }

  private CompletionStage<Changed> changed(UserCall call, Rewriting rewriting, int number) {
    return documents
        .first(call, judge(call, rewriting))
        .thenCompose(
            updated ->
                updated.isPresent()
                    ? CompletableFuture.completedFuture(new Changed(updated, Optional.empty()))
                    : upsert(call, rewriting)
                        .thenApply(inserted -> new Changed(Optional.empty(), inserted))
                        .exceptionallyCompose(
                            failure ->
                                isWorthAnother(failure, number)
                                    ? changed(call, rewriting, number + 1)
                                    : CompletableFuture.failedFuture(failure)));
  }

  /// What somebody else has inserted first may be what this one looked for.
  private static boolean isWorthAnother(Throwable failure, int number) {
    return UserInserts.isDuplicate(failure) && number < MAX_UPSERTS;
  }

  private CompletionStage<Optional<BsonDocument>> upsert(UserCall call, Rewriting rewriting) {
    return call.arguments().flag("upsert", false)
        ? rewriting
            .inserted()
            .thenCompose(document -> inserts.inserted(call, document))
            .thenApply(Optional::of)
        : CompletableFuture.completedFuture(Optional.empty());
  }

  private static BsonValue updated(WritableDocuments.Counts counts) {
    return new BsonDocument("matchedCount", Results.number(counts.matched()))
        .append("modifiedCount", Results.number(counts.modified()));
  }

  private static BsonValue upserted(Optional<BsonDocument> inserted) {
    BsonDocument answer = updated(new WritableDocuments.Counts(0, 0)).asDocument();
    inserted.ifPresent(document -> answer.append("upsertedId", document.get("_id")));
    return answer;
  }

  private static Rewriting replacement(UserCall call) {
    return new Rewriting.Replacement(
        call.arguments(), Change.replacement(call.arguments(), "update"));
  }

  private Rewriting change(UserCall call) {
    return switch (call.change()) {
      case Change.Pipeline(var stages) ->
          new Rewriting.Pipeline(call, stages, documents.limits(), given);
      case Change.Operators(var update) -> {
        List<BsonDocument> filters = call.arguments().optionalDocuments("arrayFilters");
        yield new Rewriting.Operators(
            call,
            DocumentUpdate.parse(
                update,
                filters == null ? List.of() : filters,
                call.arguments().documentOrEmpty("query")),
            System.currentTimeMillis());
      }
    };
  }

  private static Judge judge(UserCall call, Rewriting rewriting) {
    DocumentAccess access = call.access();
    return stored ->
        rewritten(rewriting, stored)
            .thenCompose(
                after ->
                    after.isEmpty()
                        ? CompletableFuture.completedFuture(new Judgement.Outdated())
                        : judged(call, access, stored, after.get()))
            .exceptionallyCompose(failure -> hiddenOr(failure, access, stored));
  }

  private static CompletionStage<Optional<BsonDocument>> rewritten(
      Rewriting rewriting, BsonDocument stored) {
    try {
      return rewriting.of(stored);
    } catch (RuntimeException refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }

  private static CompletionStage<Judgement> judged(
      UserCall call, DocumentAccess access, BsonDocument stored, BsonDocument after) {
    return access
        .update(stored, after)
        .thenCompose(
            permission ->
                switch (permission) {
                  case PERMITTED ->
                      call.valid(stored, after).thenApply(_ -> new Permitted(stored, after));
                  case NO_ROLE -> CompletableFuture.completedFuture(new Judgement.Hidden());
                  case DENIED -> throw call.denied("update");
                });
  }

  /// Of a document that is not there for the caller nothing is said, not even that it cannot be
  /// changed like this.
  private static CompletionStage<Judgement> hiddenOr(
      Throwable failure, DocumentAccess access, BsonDocument stored) {
    return access
        .update(stored, stored)
        .thenCompose(
            permission ->
                permission == Permission.NO_ROLE
                    ? CompletableFuture.completedFuture(new Judgement.Hidden())
                    : CompletableFuture.failedFuture(failure));
  }
}
