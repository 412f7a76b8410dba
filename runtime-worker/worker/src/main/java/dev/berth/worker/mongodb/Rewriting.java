package dev.berth.worker.mongodb;

import dev.berth.jsruntime.service.GuestServiceException;
import dev.berth.worker.update.DocumentUpdate;
import dev.berth.worker.update.UpsertSeed;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.codecs.BsonDocumentCodec;
import org.jspecify.annotations.Nullable;

/// What a user's update makes of documents, known before anything is written.
sealed interface Rewriting {

  /// What becomes of a stored document; nothing when somebody has changed it meanwhile. Fails
  /// when the change cannot be made to this one.
  CompletionStage<Optional<BsonDocument>> of(BsonDocument stored);

  /// What an upsert inserts that has found nothing.
  CompletionStage<BsonDocument> inserted();

  /// Another document in place of the whole.
  record Replacement(Arguments arguments, BsonDocument written) implements Rewriting {

    @Override
    public CompletionStage<Optional<BsonDocument>> of(BsonDocument stored) {
      BsonValue id = stored.get("_id");
      if (id == null) {
        throw new GuestServiceException("MongoDBError", "the document has no _id", null);
      }
      if (written.containsKey("_id") && !id.equals(written.get("_id"))) {
        throw arguments.refused("update", "must not change the _id");
      }
      BsonDocument after = new BsonDocument("_id", id);
      written.forEach(after::putIfAbsent);
      return CompletableFuture.completedFuture(Optional.of(after));
    }

    /// The `_id` may come from the query, as the database does it.
    @Override
    public CompletionStage<BsonDocument> inserted() {
      BsonDocument document = new BsonDocument();
      BsonValue id = arguments.documentOrEmpty("query").get("_id");
      if (id != null && !id.isDocument() && !id.isArray()) {
        document.append("_id", id);
      }
      document.putAll(written);
      return CompletableFuture.completedFuture(document);
    }
  }

  /// Update operators, which we apply ourselves. What is hidden is not moved to where it is seen.
  ///
  /// @param nowMillis the time of the operation: one for all documents
  record Operators(UserCall call, DocumentUpdate update, long nowMillis) implements Rewriting {

    @Override
    public CompletionStage<Optional<BsonDocument>> of(BsonDocument stored) {
      BsonDocument after = update.applyTo(stored, nowMillis);
      if (!update.moves()) {
        return CompletableFuture.completedFuture(Optional.of(after));
      }
      return call.seen(stored)
          .thenApply(
              seen -> {
                if (!update.movesAlike(stored, seen)) {
                  throw call.denied("update");
                }
                return Optional.of(after);
              });
    }

    @Override
    public CompletionStage<BsonDocument> inserted() {
      return CompletableFuture.completedFuture(update.inserted(nowMillis));
    }
  }

  /// An aggregation, which the database computes without writing.
  ///
  /// @param given computes on documents that are not stored as they are
  record Pipeline(
      UserCall call, List<BsonDocument> stages, MongoLimits limits, GivenDocuments given)
      implements Rewriting {

    private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

    private static final Set<String> ALLOWED =
        Set.of("$set", "$addFields", "$unset", "$project", "$replaceRoot", "$replaceWith");

    public Pipeline {
      for (BsonDocument stage : stages) {
        if (stage.size() != 1 || !ALLOWED.contains(stage.getFirstKey())) {
          throw call.arguments()
              .refused("update", "must consist of stages that an update may have, such as $set");
        }
      }
      stages = stages.stream().map(Pipeline::byFirstName).toList();
    }

    /// Some stages have two names, of which the embedded server knows the older one alone.
    private static BsonDocument byFirstName(BsonDocument stage) {
      BsonValue value = stage.values().iterator().next();
      return switch (stage.getFirstKey()) {
        case "$set" -> new BsonDocument("$addFields", value);
        case "$replaceWith" -> new BsonDocument("$replaceRoot", new BsonDocument("newRoot", value));
        default -> stage;
      };
    }

    @Override
    public CompletionStage<Optional<BsonDocument>> of(BsonDocument stored) {
      return call.seen(stored)
          .thenCompose(
              seen ->
                  DocumentUpdate.isSame(stored, seen)
                      ? ofWhole(stored)
                      : computed(seen)
                          .thenApply(after -> Optional.of(merged(stored, seen, after))));
    }

    /// What is hidden of a document is nothing that a pipeline could copy to where it is seen: it
    /// computes on what the caller sees, and what it changes of that is changed in the whole.
    private BsonDocument merged(BsonDocument stored, BsonDocument seen, BsonDocument computed) {
      BsonDocument after = stored.clone();
      Set<String> names = new LinkedHashSet<>(seen.keySet());
      names.addAll(computed.keySet());
      for (String name : names) {
        BsonValue wanted = computed.get(name);
        if (isSame(seen.get(name), wanted)) {
          continue;
        }
        if (seen.containsKey(name) && !isSame(seen.get(name), stored.get(name))) {
          throw call.denied("update");
        }
        if (wanted == null) {
          after.remove(name);
        } else {
          after.put(name, wanted);
        }
      }
      return identified(stored, after);
    }

    private static boolean isSame(@Nullable BsonValue a, @Nullable BsonValue b) {
      return DocumentUpdate.isSame(alone(a), alone(b));
    }

    private static BsonDocument alone(@Nullable BsonValue value) {
      return value == null ? new BsonDocument() : new BsonDocument("value", value);
    }

    private CompletionStage<Optional<BsonDocument>> ofWhole(BsonDocument stored) {
      List<BsonDocument> all = new ArrayList<>();
      all.add(new BsonDocument("$match", SameDocument.query(stored)));
      all.addAll(stages);
      return DriverResult.first(
              call.collection()
                  .aggregate(all, BsonDocument.class)
                  .maxTime(limits.readTime().toMillis(), TimeUnit.MILLISECONDS))
          .thenApply(
              after -> after == null ? Optional.empty() : Optional.of(identified(stored, after)));
    }

    private BsonDocument identified(BsonDocument stored, BsonDocument computed) {
      BsonValue id = stored.get("_id");
      if (computed.containsKey("_id") && !computed.get("_id").equals(id)) {
        throw call.arguments().refused("update", "must not change the _id");
      }
      BsonDocument after = new BsonDocument("_id", id);
      computed.forEach(after::putIfAbsent);
      return after;
    }

    /// What the query asks for by equality goes through the pipeline, as the database does it.
    @Override
    public CompletionStage<BsonDocument> inserted() {
      BsonDocument seed = UpsertSeed.of(call.arguments().documentOrEmpty("query"));
      return computed(seed)
          .thenApply(after -> seed.containsKey("_id") ? identified(seed, after) : after);
    }

    /// What the stages make of a document that they are given.
    private CompletionStage<BsonDocument> computed(BsonDocument document) {
      return given
          .through(call.call(), document, stages)
          .thenApply(
              after ->
                  after
                      .map(raw -> raw.decode(CODEC))
                      .orElseThrow(
                          () ->
                              call.arguments()
                                  .refused("update", "makes no document of what it is given")));
    }
  }
}
