package dev.berth.worker.mongodb;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// The operation that does a list of changes for a user, one after the other. Ordered, it ends
/// with the first that fails, and what came before it stays; otherwise it does the rest, and
/// fails then as the first one did.
record UserBulkWrites(UserInserts inserts, UserUpdates updates, UserDeletes deletes) {

  /// One change, ready to be done.
  private interface Step {

    CompletionStage<BsonValue> perform();
  }

  CompletionStage<BsonValue> bulkWrite(UserCall call) {
    Arguments arguments = call.arguments();
    List<BsonDocument> operations = arguments.documents("operations");
    if (operations.isEmpty()) {
      throw arguments.refused("operations", "must not be empty");
    }
    List<Step> steps = operations.stream().map(operation -> step(call, operation)).toList();
    return perform(steps, 0, arguments.flag("ordered", true), null);
  }

  private static CompletionStage<BsonValue> perform(
      List<Step> steps, int next, boolean isOrdered, @Nullable Throwable failure) {
    if (next == steps.size() || (isOrdered && failure != null)) {
      return failure == null
          ? Results.done(BsonNull.VALUE)
          : CompletableFuture.failedFuture(failure);
    }
    return begun(steps.get(next))
        .handle((_, refused) -> failure == null ? refused : failure)
        .thenCompose(first -> perform(steps, next + 1, isOrdered, first));
  }

  private static CompletionStage<BsonValue> begun(Step step) {
    try {
      return step.perform();
    } catch (RuntimeException refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }

  private Step step(UserCall call, BsonDocument operation) {
    if (operation.size() != 1) {
      throw call.arguments().refused("operations", "must be objects with one operation each");
    }
    String name = operation.getFirstKey();
    BsonDocument given = call.arguments().inside("operations", operation).document(name);
    return switch (name) {
      case "insertOne" -> {
        UserCall part = call.part(name, new BsonDocument("document", BulkWrites.inserted(given)));
        yield () -> inserts.insertOne(part);
      }
      case "updateOne" -> {
        UserCall part = change(call, name, given, "update");
        yield () -> updates.updateOne(part);
      }
      case "updateMany" -> {
        UserCall part = change(call, name, given, "update");
        yield () -> updates.updateMany(part);
      }
      case "replaceOne" -> {
        UserCall part = change(call, name, given, "replacement");
        yield () -> updates.replaceOne(part);
      }
      case "deleteOne" -> {
        UserCall part = call.part(name, filtered(call, name, given));
        yield () -> deletes.deleteOne(part);
      }
      case "deleteMany" -> {
        UserCall part = call.part(name, filtered(call, name, given));
        yield () -> deletes.deleteMany(part);
      }
      default ->
          throw call.arguments().refused("operations", "has an unknown operation: '" + name + "'");
    };
  }

  private static UserCall change(
      UserCall call, String name, BsonDocument given, String whatChanges) {
    Arguments part = call.arguments().inside(name, given);
    BsonDocument values =
        filtered(call, name, given)
            .append("update", part.value(whatChanges))
            .append("upsert", BsonBoolean.valueOf(part.flag("upsert", false)));
    if (part.has("arrayFilters")) {
      values.append("arrayFilters", part.value("arrayFilters"));
    }
    return call.part(name, values);
  }

  private static BsonDocument filtered(UserCall call, String name, BsonDocument given) {
    Arguments part = call.arguments().inside(name, given);
    Options.checkPart(part, false);
    return new BsonDocument("query", part.document("filter"));
  }
}
