package dev.berth.worker.mongodb;

import com.mongodb.MongoCommandException;
import com.mongodb.reactivestreams.client.AggregatePublisher;
import com.mongodb.reactivestreams.client.MongoClient;
import dev.berth.jsruntime.service.GuestServiceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;

/// Lets databases compute with documents that they are given, without reading any of their own.
///
/// The documents travel with the pipeline, as literals: no stage sees anything else. Safe from
/// any thread.
final class GivenDocuments {

  /// How large the documents may be together: a command of the database has 16 MB at most.
  private static final int MOST_BYTES = 15 * 1024 * 1024;

  private static final int UNRECOGNIZED_STAGE = 40_324;
  private static final int NAMESPACE_EXISTS = 48;

  private final MongoLimits limits;

  /// Whether a deployment knows the stage `$documents`, which MongoDB has since 6.0.
  private final ConcurrentMap<MongoClient, Boolean> known = new ConcurrentHashMap<>();

  GivenDocuments(MongoLimits limits) {
    this.limits = limits;
  }

  /// What stages make of documents: a query that begins when somebody subscribes to it.
  ///
  /// @param documents may be raw
  CompletionStage<AggregatePublisher<RawBsonDocument>> through(
      Call call, List<? extends BsonValue> documents, List<BsonDocument> stages) {
    requireFitting(call, documents);
    return knowsThem(call)
        .thenApply(knows -> knows ? given(call, documents, stages) : made(call, documents, stages))
        .thenApply(query -> query.maxTime(limits.readTime().toMillis(), TimeUnit.MILLISECONDS));
  }

  /// What stages make of one document, where each of them makes one of each.
  ///
  /// @return empty when the database made none all the same
  CompletionStage<Optional<RawBsonDocument>> through(
      Call call, BsonDocument document, List<BsonDocument> stages) {
    return first(call, document, stages)
        .thenCompose(
            made ->
                made.isPresent()
                    ? CompletableFuture.completedFuture(made)
                    : collectionMade(call).thenCompose(_ -> first(call, document, stages)));
  }

  private CompletionStage<Optional<RawBsonDocument>> first(
      Call call, BsonDocument document, List<BsonDocument> stages) {
    return through(call, List.of(document), stages)
        .thenCompose(DriverResult::first)
        .thenApply(Optional::ofNullable);
  }

  /// The embedded server makes nothing of nothing when the collection is not there yet.
  private static CompletionStage<Boolean> collectionMade(Call call) {
    return DriverResult.first(call.database().createCollection(call.collection().name()))
        .handle(
            (_, failure) -> {
              if (failure != null && !hasCode(failure, NAMESPACE_EXISTS)) {
                throw new CompletionException(failure);
              }
              return failure == null;
            });
  }

  private static void requireFitting(Call call, List<? extends BsonValue> documents) {
    long bytes = documents.stream().mapToLong(each -> Results.bytes(each.asDocument())).sum();
    if (bytes > MOST_BYTES) {
      throw new GuestServiceException(
          "ReadSizeLimitExceeded",
          call.arguments().operation()
              + ": what the caller may see is larger than 15 MB; begin with a $match that finds"
              + " less, or call a system function",
          null);
    }
  }

  private CompletionStage<Boolean> knowsThem(Call call) {
    MongoClient client = call.client();
    Boolean answered = known.get(client);
    if (answered != null) {
      return CompletableFuture.completedFuture(answered);
    }
    BsonDocument none = new BsonDocument("$documents", new BsonArray());
    return DriverResult.all(call.database().aggregate(List.of(none), RawBsonDocument.class))
        .handle(
            (_, failure) -> {
              if (failure != null && !hasCode(failure, UNRECOGNIZED_STAGE)) {
                throw failure instanceof CompletionException wrapped
                    ? wrapped
                    : new CompletionException(failure);
              }
              known.put(client, failure == null);
              return failure == null;
            });
  }

  private static boolean hasCode(Throwable failure, int code) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof MongoCommandException refused && refused.getCode() == code;
  }

  private static AggregatePublisher<RawBsonDocument> given(
      Call call, List<? extends BsonValue> documents, List<BsonDocument> stages) {
    List<BsonDocument> all = new ArrayList<>();
    all.add(new BsonDocument("$documents", literal(documents)));
    all.addAll(stages);
    return call.collection().inDatabase(call.database(), all, RawBsonDocument.class);
  }

  private static AggregatePublisher<RawBsonDocument> made(
      Call call, List<? extends BsonValue> documents, List<BsonDocument> stages) {
    // Stages that every server knows: of no document of the collection one empty document is
    // made, and the given ones are unwound from it.
    BsonDocument nothing = new BsonDocument("_id", new BsonDocument("$in", new BsonArray()));
    BsonArray none = new BsonArray(List.of(new BsonDocument("$limit", new BsonInt32(1))));
    List<BsonDocument> all = new ArrayList<>();
    all.add(new BsonDocument("$match", nothing));
    all.add(new BsonDocument("$facet", new BsonDocument("none", none)));
    all.add(replacedBy(new BsonDocument("given", literal(documents))));
    all.add(new BsonDocument("$unwind", new BsonString("$given")));
    all.add(replacedBy(new BsonString("$given")));
    all.addAll(stages);
    return call.collection().aggregate(all, RawBsonDocument.class);
  }

  private static BsonDocument replacedBy(BsonValue root) {
    return new BsonDocument("$replaceRoot", new BsonDocument("newRoot", root));
  }

  private static BsonDocument literal(List<? extends BsonValue> documents) {
    return new BsonDocument("$literal", new BsonArray(documents));
  }
}
