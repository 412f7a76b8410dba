package dev.berth.worker.mongodb;

import com.mongodb.MongoWriteException;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.InsertOneOptions;
import dev.berth.rules.access.Permission;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/// The operations with which users insert.
final class UserInserts {

  private static final int DUPLICATE_KEY = 11000;

  CompletionStage<BsonValue> insertOne(UserCall call) {
    return inserted(call, call.arguments().document("document"))
        .thenApply(document -> new BsonDocument("insertedId", document.get("_id")));
  }

  /// Inserts a document when it may be.
  ///
  /// @return the document as it is stored, with an `_id`
  CompletionStage<BsonDocument> inserted(UserCall call, BsonDocument written) {
    return insertable(call, written)
        .thenCompose(
            document ->
                DriverResult.one(
                        call.collection()
                            .insertOne(
                                document,
                                new InsertOneOptions().comment(call.call().options().comment())))
                    .thenApply(_ -> document));
  }

  /// Whether an insert has failed because there is such a document already.
  static boolean isDuplicate(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof MongoWriteException write && write.getCode() == DUPLICATE_KEY;
  }

  /// Nothing is inserted when one of the documents may not be.
  CompletionStage<BsonValue> insertMany(UserCall call) {
    Arguments arguments = call.arguments();
    List<BsonDocument> given = arguments.documents("documents");
    if (given.isEmpty()) {
      throw arguments.refused("documents", "must not be empty");
    }
    var options =
        new InsertManyOptions()
            .ordered(arguments.flag("ordered", true))
            .comment(call.call().options().comment());
    return judged(call, given, new ArrayList<>())
        .thenCompose(
            all -> {
              var ids = new BsonArray(all.stream().map(document -> document.get("_id")).toList());
              return DriverResult.one(call.collection().insertMany(all, options))
                  .thenApply(_ -> new BsonDocument("insertedIds", ids));
            });
  }

  /// One after the other: functions that rules call run one at a time.
  private static CompletionStage<List<BsonDocument>> judged(
      UserCall call, List<BsonDocument> given, List<BsonDocument> done) {
    while (done.size() < given.size()) {
      CompletableFuture<BsonDocument> next =
          insertable(call, given.get(done.size())).toCompletableFuture();
      if (!next.isDone()) {
        return next.thenCompose(
            document -> {
              done.add(document);
              return judged(call, given, done);
            });
      }
      done.add(next.join());
    }
    return CompletableFuture.completedFuture(done);
  }

  private static CompletionStage<BsonDocument> insertable(UserCall call, BsonDocument written) {
    BsonDocument document = Results.withId(written);
    return call.access()
        .insert(document, written)
        .thenCompose(
            permission -> {
              if (permission != Permission.PERMITTED) {
                throw call.denied("insert");
              }
              return call.valid(null, document);
            });
  }
}
