package dev.berth.worker.mongodb;

import com.mongodb.reactivestreams.client.AggregatePublisher;
import com.mongodb.reactivestreams.client.FindPublisher;
import java.util.concurrent.TimeUnit;
import org.bson.RawBsonDocument;
import org.reactivestreams.Publisher;

/// Turns calls that ask for documents into queries of the driver.
///
/// @param limits how long the database may work on one
record Queries(MongoLimits limits) {

  /// An aggregation when the call has a pipeline, otherwise a find.
  Publisher<RawBsonDocument> any(Call call, int batch) {
    return call.arguments().has("pipeline")
        ? aggregate(call).batchSize(batch)
        : find(call).batchSize(batch);
  }

  FindPublisher<RawBsonDocument> find(Call call) {
    Arguments arguments = call.arguments();
    Options options = call.options();
    return call.collection()
        .find(call.query(), RawBsonDocument.class)
        .projection(call.projection())
        .sort(arguments.optionalDocument("sort"))
        .skip(arguments.count("skip"))
        .limit(arguments.count("limit"))
        .allowDiskUse(options.allowDiskUse())
        .collation(options.collation())
        .comment(options.comment())
        .hint(options.hint())
        .hintString(options.hintName())
        .let(options.let())
        .maxTime(options.maxTimeMillis(limits.readTime()), TimeUnit.MILLISECONDS);
  }

  /// An aggregation of a collection, or of the database when the call names no collection.
  AggregatePublisher<RawBsonDocument> aggregate(Call call) {
    var pipeline = call.pipeline();
    AggregatePublisher<RawBsonDocument> aggregation =
        call.arguments().has("collection")
            ? call.collection().aggregate(pipeline, RawBsonDocument.class)
            : call.database().aggregate(pipeline, RawBsonDocument.class);
    Options options = call.options();
    return aggregation
        .allowDiskUse(options.allowDiskUse())
        .bypassDocumentValidation(options.bypassDocumentValidation())
        .collation(options.collation())
        .comment(options.comment())
        .hint(options.hint())
        .hintString(options.hintName())
        .let(options.let())
        .maxTime(options.maxTimeMillis(limits.readTime()), TimeUnit.MILLISECONDS);
  }
}
