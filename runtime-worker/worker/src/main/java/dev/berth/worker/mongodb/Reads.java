package dev.berth.worker.mongodb;

import com.mongodb.client.model.CountOptions;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.bson.BsonArray;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.reactivestreams.Publisher;

/// The operations that read and answer at once.
final class Reads {

  /// Documents in one reply of the server when all of them are wanted.
  private static final int BATCH = 1000;

  private final MongoLimits limits;
  private final Queries queries;
  private final Invocations invocations;

  Reads(MongoLimits limits, Invocations invocations) {
    this.limits = limits;
    this.queries = new Queries(limits);
    this.invocations = invocations;
  }

  CompletionStage<BsonValue> find(Call call) {
    return collect(call, queries.find(call).batchSize(BATCH));
  }

  CompletionStage<BsonValue> aggregate(Call call) {
    return collect(call, queries.aggregate(call).batchSize(BATCH));
  }

  CompletionStage<BsonValue> findOne(Call call) {
    return DriverResult.first(queries.find(call).first()).thenApply(Results::orNull);
  }

  CompletionStage<BsonValue> count(Call call) {
    Options given = call.options();
    var options =
        new CountOptions()
            .skip(call.arguments().count("skip"))
            .collation(given.collation())
            .comment(given.comment())
            .hint(given.hint())
            .hintString(given.hintName())
            .maxTime(given.maxTimeMillis(limits.readTime()), TimeUnit.MILLISECONDS);
    int limit = call.arguments().count("limit");
    if (limit > 0) {
      options.limit(limit);
    }
    return DriverResult.one(call.collection().countDocuments(call.query(), options))
        .thenApply(Results::number);
  }

  CompletionStage<BsonValue> distinct(Call call) {
    var values =
        call.collection()
            .distinct(call.arguments().text("field"), call.query())
            .collation(call.options().collation())
            .comment(call.options().comment())
            .maxTime(call.options().maxTimeMillis(limits.readTime()), TimeUnit.MILLISECONDS);
    return DriverResult.all(values).thenApply(BsonArray::new);
  }

  CompletionStage<BsonValue> getDatabaseNames(Call call) {
    call.requireSystem();
    return DriverResult.all(call.client().listDatabaseNames())
        .thenApply(names -> texts(names.stream().filter(call::mayName).toList()));
  }

  CompletionStage<BsonValue> getCollectionNames(Call call) {
    call.requireSystem();
    return DriverResult.all(call.database().listCollectionNames()).thenApply(Reads::texts);
  }

  private CompletionStage<BsonValue> collect(Call call, Publisher<RawBsonDocument> publisher) {
    OpenReads reads = invocations.of(call.scope());
    DocumentStream stream = reads.start(publisher);
    return stream
        .next(Integer.MAX_VALUE, Long.MAX_VALUE)
        .whenComplete((_, _) -> reads.finish(stream))
        .thenApply(DocumentStream.Batch::documents);
  }

  private static BsonArray texts(List<String> texts) {
    return new BsonArray(texts.stream().map(BsonString::new).toList());
  }
}
