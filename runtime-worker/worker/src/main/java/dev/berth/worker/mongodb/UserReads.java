package dev.berth.worker.mongodb;

import com.mongodb.reactivestreams.client.FindPublisher;
import dev.berth.rules.Candidates;
import dev.berth.rules.access.DocumentAccess;
import dev.berth.rules.access.Projection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.reactivestreams.Publisher;

/// The operations with which users read.
///
/// The query asks the database for as little as rules and filters can say in a query. Every
/// document that it finds is then judged by itself, while it passes.
final class UserReads {

  private static final int BATCH = 1000;
  private static final long BATCH_BYTES = 4L * 1024 * 1024;

  private final MongoLimits limits;
  private final Invocations invocations;
  private final Cursors cursors;
  private final GivenDocuments given;
  private final Reads databaseReads;

  /// @param given computes on what was found to be visible
  UserReads(MongoLimits limits, Invocations invocations, GivenDocuments given) {
    this.limits = limits;
    this.given = given;
    this.invocations = invocations;
    this.cursors = new Cursors(limits, invocations);
    this.databaseReads = new Reads(limits, invocations);
  }

  CompletionStage<BsonValue> find(UserCall call) {
    return collected(call, call.arguments().count("skip"), call.arguments().count("limit"));
  }

  CompletionStage<BsonValue> findOne(UserCall call) {
    return collected(call, call.arguments().count("skip"), 1)
        .thenApply(
            documents -> {
              BsonArray found = documents.asArray();
              return found.isEmpty() ? BsonNull.VALUE : found.getFirst();
            });
  }

  private CompletionStage<BsonValue> collected(UserCall call, int skip, int limit) {
    return documents(call, skip, limit).thenCompose(documents -> all(call, documents));
  }

  private CompletionStage<BsonValue> all(UserCall call, Publisher<RawBsonDocument> documents) {
    OpenReads reads = invocations.of(call.call().scope());
    DocumentStream stream = reads.start(documents);
    return stream
        .next(Integer.MAX_VALUE, Long.MAX_VALUE)
        .whenComplete((_, _) -> reads.finish(stream))
        .thenApply(DocumentStream.Batch::documents);
  }

  /// However many they are: what is counted is not kept.
  CompletionStage<BsonValue> count(UserCall call) {
    if (call.rules().permitsReadingAll(call.facts())) {
      call.requireAllowedQuery();
      return databaseReads.count(call.call());
    }
    long[] count = new long[1];
    return each(call, call.arguments().count("limit"), _ -> count[0]++)
        .thenApply(_ -> Results.number(count[0]));
  }

  /// However many documents have the values: only these are kept.
  CompletionStage<BsonValue> distinct(UserCall call) {
    var values = new DistinctValues(call.arguments().text("field"), limits.documentsPerQuery());
    return each(call, 0, values::addFrom).thenApply(_ -> values.all());
  }

  /// Lets documents pass batch by batch, without keeping them.
  private CompletionStage<BsonValue> each(
      UserCall call, int limit, Consumer<BsonDocument> consumer) {
    return documents(call, call.arguments().count("skip"), limit)
        .thenCompose(
            documents -> {
              OpenReads reads = invocations.of(call.call().scope());
              DocumentStream stream = reads.startPassing(documents);
              return eachOf(stream, consumer).whenComplete((_, _) -> reads.finish(stream));
            });
  }

  private static CompletionStage<BsonValue> eachOf(
      DocumentStream stream, Consumer<BsonDocument> consumer) {
    return stream
        .next(BATCH, BATCH_BYTES)
        .thenCompose(
            batch -> {
              batch.documents().forEach(document -> consumer.accept(document.asDocument()));
              return batch.exhausted()
                  ? CompletableFuture.completedFuture(BsonNull.VALUE)
                  : eachOf(stream, consumer);
            });
  }

  CompletionStage<BsonValue> openCursor(UserCall call) {
    if (call.arguments().has("pipeline")) {
      return aggregation(call).thenCompose(found -> cursors.open(call.call(), found));
    }
    return documents(call, call.arguments().count("skip"), call.arguments().count("limit"))
        .thenCompose(found -> cursors.open(call.call(), found));
  }

  CompletionStage<BsonValue> nextBatch(UserCall call) {
    return cursors.nextBatch(call.call());
  }

  CompletionStage<BsonValue> closeCursor(UserCall call) {
    return cursors.close(call.call());
  }

  CompletionStage<BsonValue> aggregate(UserCall call) {
    return aggregation(call).thenCompose(found -> all(call, found));
  }

  /// Where the caller sees every document as a whole, the database computes on what it finds.
  /// Where anything is hidden, it computes on what was found to be visible, and on nothing else.
  private CompletionStage<Publisher<RawBsonDocument>> aggregation(UserCall call) {
    List<BsonDocument> pipeline = call.pipeline();
    VisiblePipeline.require(call, pipeline);
    if (call.rules().permitsReadingAll(call.facts())) {
      return CompletableFuture.completedFuture(
          call.collection()
              .aggregate(pipeline, RawBsonDocument.class)
              .batchSize(limits.cursorBatch())
              .comment(call.call().options().comment())
              .maxTime(
                  call.call().options().maxTimeMillis(limits.readTime()), TimeUnit.MILLISECONDS));
    }
    VisiblePipeline visible = VisiblePipeline.of(call, pipeline);
    return documents(call, visible.found(), 0, 0)
        .thenCompose(
            documents ->
                visible.rest().isEmpty()
                    ? CompletableFuture.completedFuture(documents)
                    : all(call, documents)
                        .thenCompose(
                            seen -> given.through(call.call(), seen.asArray(), visible.rest()))
                        .<Publisher<RawBsonDocument>>thenApply(
                            query -> query.batchSize(limits.cursorBatch())));
  }

  private CompletionStage<Publisher<RawBsonDocument>> documents(
      UserCall call, int skip, int limit) {
    return documents(call, call.query(), skip, limit);
  }

  private CompletionStage<Publisher<RawBsonDocument>> documents(
      UserCall call, Candidates query, int skip, int limit) {
    DocumentAccess access = call.access();
    Options options = call.call().options();
    BsonDocument sort = call.checked("sort");
    return access
        .narrowing()
        .thenApply(
            narrowing -> {
              Projection projection = call.projection(narrowing);
              Candidates wanted =
                  Candidates.every(List.of(query, narrowing.found(), access.readable()));
              FindPublisher<RawBsonDocument> all =
                  call.collection()
                      .find(new BsonDocument(), RawBsonDocument.class)
                      .sort(sort)
                      .batchSize(limit == 0 ? BATCH : Math.min(limit + 1, BATCH))
                      .comment(options.comment())
                      .maxTime(options.maxTimeMillis(limits.readTime()), TimeUnit.MILLISECONDS);
              Publisher<RawBsonDocument> found =
                  switch (wanted) {
                    case Candidates.None() -> new NoDocuments();
                    case Candidates.All() -> all;
                    case Candidates.Found(BsonDocument filter) ->
                        all.filter(RegexRewrite.query(filter));
                  };
              return new PermittedDocuments(found, access, projection, skip, limit);
            });
  }
}
