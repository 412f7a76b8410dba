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
    return call.collection()
        .find(call.query(), RawBsonDocument.class)
        .projection(call.projection())
        .sort(arguments.optionalDocument("sort"))
        .skip(arguments.count("skip"))
        .limit(arguments.count("limit"))
        .maxTime(limits.readTime().toMillis(), TimeUnit.MILLISECONDS);
  }

  /// An aggregation of a collection, or of the database when the call names no collection.
  AggregatePublisher<RawBsonDocument> aggregate(Call call) {
    var pipeline = call.pipeline();
    AggregatePublisher<RawBsonDocument> aggregation =
        call.arguments().has("collection")
            ? call.collection().aggregate(pipeline, RawBsonDocument.class)
            : call.database().aggregate(pipeline, RawBsonDocument.class);
    return aggregation
        .allowDiskUse(call.arguments().flag("allowDiskUse", false))
        .maxTime(limits.readTime().toMillis(), TimeUnit.MILLISECONDS);
  }
}
