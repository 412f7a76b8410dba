package dev.berth.worker.mongodb;

import com.mongodb.client.model.DeleteOptions;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.InsertOneOptions;
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
    Options given = call.options();
    var options =
        new InsertOneOptions()
            .bypassDocumentValidation(given.bypassDocumentValidation())
            .comment(given.comment());
    return DriverResult.one(call.collection().insertOne(document, options))
        .thenApply(_ -> new BsonDocument("insertedId", document.get("_id")));
  }

  CompletionStage<BsonValue> insertMany(Call call) {
    Arguments arguments = call.arguments();
    List<BsonDocument> documents =
        arguments.documents("documents").stream().map(Results::withId).toList();
    if (documents.isEmpty()) {
      throw arguments.refused("documents", "must not be empty");
    }
    Options given = call.options();
    var options =
        new InsertManyOptions()
            .ordered(arguments.flag("ordered", true))
            .bypassDocumentValidation(given.bypassDocumentValidation())
            .comment(given.comment());
    var ids = new BsonArray(documents.stream().map(document -> document.get("_id")).toList());
    return DriverResult.one(call.collection().insertMany(documents, options))
        .thenApply(_ -> new BsonDocument("insertedIds", ids));
  }

  CompletionStage<BsonValue> updateOne(Call call) {
    BsonDocument query = call.query();
    UpdateOptions options = update(call);
    return updated(call.collection().updateOne(query, call.change(call.arguments()), options));
  }

  CompletionStage<BsonValue> updateMany(Call call) {
    BsonDocument query = call.query();
    UpdateOptions options = update(call);
    return updated(call.collection().updateMany(query, call.change(call.arguments()), options));
  }

  CompletionStage<BsonValue> replaceOne(Call call) {
    Arguments arguments = call.arguments();
    BsonDocument replacement = Change.replacement(arguments, "update");
    Options given = call.options();
    ReplaceOptions options =
        replaceOptions(arguments)
            .bypassDocumentValidation(given.bypassDocumentValidation())
            .comment(given.comment())
            .let(given.let());
    return updated(call.collection().replaceOne(call.query(), replacement, options));
  }

  CompletionStage<BsonValue> deleteOne(Call call) {
    return DriverResult.one(call.collection().deleteOne(call.query(), deletion(call)))
        .thenApply(result -> Results.deleted(result.getDeletedCount()));
  }

  CompletionStage<BsonValue> deleteMany(Call call) {
    return DriverResult.one(call.collection().deleteMany(call.query(), deletion(call)))
        .thenApply(result -> Results.deleted(result.getDeletedCount()));
  }

  private static UpdateOptions update(Call call) {
    Options given = call.options();
    return updateOptions(call.arguments())
        .bypassDocumentValidation(given.bypassDocumentValidation())
        .comment(given.comment())
        .let(given.let());
  }

  private static DeleteOptions deletion(Call call) {
    Options given = call.options();
    return deleteOptions(call.arguments()).comment(given.comment()).let(given.let());
  }

  /// The options that a deletion has, alone or in a list of operations.
  static DeleteOptions deleteOptions(Arguments arguments) {
    Options given = new Options(arguments);
    return new DeleteOptions()
        .collation(given.collation())
        .hint(given.hint())
        .hintString(given.hintName());
  }

  /// The options that a replacement has, alone or in a list of operations.
  static ReplaceOptions replaceOptions(Arguments arguments) {
    Options given = new Options(arguments);
    return new ReplaceOptions()
        .upsert(arguments.flag("upsert", false))
        .collation(given.collation())
        .hint(given.hint())
        .hintString(given.hintName());
  }

  /// The options that an update has, alone or in a list of operations.
  static UpdateOptions updateOptions(Arguments arguments) {
    Options given = new Options(arguments);
    var options =
        new UpdateOptions()
            .upsert(arguments.flag("upsert", false))
            .collation(given.collation())
            .hint(given.hint())
            .hintString(given.hintName());
    List<BsonDocument> filters = arguments.optionalDocuments("arrayFilters");
    return filters == null ? options : options.arrayFilters(RegexRewrite.queries(filters));
  }

  private static CompletionStage<BsonValue> updated(Publisher<UpdateResult> publisher) {
    return DriverResult.one(publisher).thenApply(Results::updated);
  }
}
