package dev.berth.worker.mongodb;

import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.DeleteManyModel;
import com.mongodb.client.model.DeleteOneModel;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.UpdateManyModel;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.WriteModel;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonValue;

/// The operation that writes a list of changes in one go, and answers nothing.
final class BulkWrites {

  CompletionStage<BsonValue> bulkWrite(Call call) {
    Arguments arguments = call.arguments();
    List<BsonDocument> operations = arguments.documents("operations");
    if (operations.isEmpty()) {
      throw arguments.refused("operations", "must not be empty");
    }
    List<WriteModel<BsonDocument>> models =
        operations.stream().map(operation -> model(call, operation)).toList();
    Options given = call.options();
    var options =
        new BulkWriteOptions()
            .ordered(arguments.flag("ordered", true))
            .bypassDocumentValidation(given.bypassDocumentValidation())
            .comment(given.comment())
            .let(given.let());
    return DriverResult.one(call.collection().bulkWrite(models, options))
        .thenApply(_ -> BsonNull.VALUE);
  }

  private static WriteModel<BsonDocument> model(Call call, BsonDocument operation) {
    if (operation.size() != 1) {
      throw call.arguments().refused("operations", "must be objects with one operation each");
    }
    String name = operation.getFirstKey();
    BsonDocument specification = call.arguments().inside("operations", operation).document(name);
    Arguments part = call.arguments().inside(name, specification);
    if (!name.equals("insertOne")) {
      Options.checkPart(part, call.scope().runsAsSystem());
    }
    return switch (name) {
      case "insertOne" -> new InsertOneModel<>(Results.withId(inserted(specification)));
      case "updateOne" -> updateOne(call, part);
      case "updateMany" -> updateMany(call, part);
      case "replaceOne" ->
          new ReplaceOneModel<>(
              filter(part), Change.replacement(part, "replacement"), Writes.replaceOptions(part));
      case "deleteOne" -> new DeleteOneModel<>(filter(part), Writes.deleteOptions(part));
      case "deleteMany" -> new DeleteManyModel<>(filter(part), Writes.deleteOptions(part));
      default ->
          throw call.arguments().refused("operations", "has an unknown operation: '" + name + "'");
    };
  }

  /// The document stands under `document`, or in its place.
  static BsonDocument inserted(BsonDocument specification) {
    BsonValue document = specification.get("document");
    return specification.size() == 1 && document != null && document.isDocument()
        ? document.asDocument()
        : specification;
  }

  private static WriteModel<BsonDocument> updateOne(Call call, Arguments part) {
    UpdateOptions options = Writes.updateOptions(part);
    return switch (call.change(part)) {
      case Change.Operators(var update) -> new UpdateOneModel<>(filter(part), update, options);
      case Change.Pipeline(var stages) -> new UpdateOneModel<>(filter(part), stages, options);
    };
  }

  private static WriteModel<BsonDocument> updateMany(Call call, Arguments part) {
    UpdateOptions options = Writes.updateOptions(part);
    return switch (call.change(part)) {
      case Change.Operators(var update) -> new UpdateManyModel<>(filter(part), update, options);
      case Change.Pipeline(var stages) -> new UpdateManyModel<>(filter(part), stages, options);
    };
  }

  private static BsonDocument filter(Arguments part) {
    return RegexRewrite.query(part.document("filter"));
  }
}
