package dev.berth.worker.mongodb;

import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.result.UpdateResult;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.reactivestreams.Publisher;

/// The operations that write and answer what they wrote.
final class Writes {

  CompletionStage<BsonValue> insertOne(Call call) {
    BsonDocument document = Results.withId(call.arguments().document("document"));
    return DriverResult.one(call.collection().insertOne(document))
        .thenApply(_ -> new BsonDocument("insertedId", document.get("_id")));
  }

  CompletionStage<BsonValue> insertMany(Call call) {
    Arguments arguments = call.arguments();
    List<BsonDocument> documents =
        arguments.documents("documents").stream().map(Results::withId).toList();
    if (documents.isEmpty()) {
      throw arguments.refused("documents", "must not be empty");
    }
    var options = new InsertManyOptions().ordered(arguments.flag("ordered", true));
    var ids = new BsonArray(documents.stream().map(document -> document.get("_id")).toList());
    return DriverResult.one(call.collection().insertMany(documents, options))
        .thenApply(_ -> new BsonDocument("insertedIds", ids));
  }

  CompletionStage<BsonValue> updateOne(Call call) {
    BsonDocument query = call.query();
    UpdateOptions options = updateOptions(call.arguments());
    return updated(call.collection().updateOne(query, call.change(call.arguments()), options));
  }

  CompletionStage<BsonValue> updateMany(Call call) {
    BsonDocument query = call.query();
    UpdateOptions options = updateOptions(call.arguments());
    return updated(call.collection().updateMany(query, call.change(call.arguments()), options));
  }

  CompletionStage<BsonValue> replaceOne(Call call) {
    Arguments arguments = call.arguments();
    BsonDocument replacement = Change.replacement(arguments, "update");
    var options = new ReplaceOptions().upsert(arguments.flag("upsert", false));
    return updated(call.collection().replaceOne(call.query(), replacement, options));
  }

  CompletionStage<BsonValue> deleteOne(Call call) {
    return DriverResult.one(call.collection().deleteOne(call.query()))
        .thenApply(result -> Results.deleted(result.getDeletedCount()));
  }

  CompletionStage<BsonValue> deleteMany(Call call) {
    return DriverResult.one(call.collection().deleteMany(call.query()))
        .thenApply(result -> Results.deleted(result.getDeletedCount()));
  }

  /// The options that an update has, alone or in a list of operations.
  static UpdateOptions updateOptions(Arguments arguments) {
    var options = new UpdateOptions().upsert(arguments.flag("upsert", false));
    List<BsonDocument> filters = arguments.optionalDocuments("arrayFilters");
    return filters == null ? options : options.arrayFilters(RegexRewrite.queries(filters));
  }

  private static CompletionStage<BsonValue> updated(Publisher<UpdateResult> publisher) {
    return DriverResult.one(publisher).thenApply(Results::updated);
  }
}
