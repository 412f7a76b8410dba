package dev.berth.worker.mongodb;

import dev.berth.jsruntime.service.GuestServiceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// One look at what has changed in a collection since a position. It stands by itself: nothing of
/// it stays open.
///
/// @param events as the database tells them
/// @param position from where the next look goes on
record ChangeLook(List<BsonDocument> events, BsonValue position) {

  /// Events of one look.
  private static final int BATCH = 100;

  private static final Set<String> ENDINGS = Set.of("drop", "rename", "dropDatabase", "invalidate");

  /// Looks from the call's `position` on, or from now.
  ///
  /// @param stages for what the change stream tells
  static CompletionStage<ChangeLook> of(Call call, List<BsonDocument> stages) {
    return DriverResult.one(call.database().runCommand(command(call, stages), BsonDocument.class))
        .thenApply(
            reply -> {
              BsonDocument cursor = reply.getDocument("cursor");
              close(call, cursor);
              List<BsonDocument> events =
                  cursor.getArray("firstBatch").stream().map(BsonValue::asDocument).toList();
              events.forEach(ChangeLook::requireNoEnding);
              return new ChangeLook(events, position(call, cursor, events));
            });
  }

  /// What of the events a call wants: those of its `ids`, or those that a query finds.
  static List<BsonDocument> wanted(Arguments arguments, @Nullable BsonDocument query) {
    BsonDocument filter = query == null ? new BsonDocument() : query;
    if (!arguments.has("ids")) {
      return filter.isEmpty() ? List.of() : List.of(match(RegexRewrite.query(filter)));
    }
    BsonValue ids = arguments.value("ids");
    if (!ids.isArray()) {
      throw arguments.refused("ids", "must be an array");
    }
    if (!filter.isEmpty()) {
      throw arguments.refused("ids", "and a filter exclude each other");
    }
    return List.of(match(new BsonDocument("documentKey._id", new BsonDocument("$in", ids))));
  }

  private static BsonDocument match(BsonDocument query) {
    return new BsonDocument("$match", query);
  }

  private static BsonDocument command(Call call, List<BsonDocument> stages) {
    var stream = new BsonDocument("fullDocument", new BsonString("updateLookup"));
    BsonDocument position = call.arguments().optionalDocument("position");
    if (position != null) {
      stream.append("resumeAfter", position);
    }
    List<BsonDocument> pipeline = new ArrayList<>();
    pipeline.add(new BsonDocument("$changeStream", stream));
    pipeline.addAll(stages);
    return new BsonDocument("aggregate", new BsonString(call.collection().name()))
        .append("pipeline", new BsonArray(pipeline))
        .append("cursor", new BsonDocument("batchSize", new BsonInt32(BATCH)));
  }

  /// What the database keeps of a look is of no use to the next one.
  private static void close(Call call, BsonDocument cursor) {
    long id = cursor.getNumber("id").longValue();
    if (id != 0) {
      BsonArray ids = new BsonArray(List.of(new BsonInt64(id)));
      String collection = call.collection().name();
      var _ =
          DriverResult.all(
              call.database()
                  .runCommand(
                      new BsonDocument("killCursors", new BsonString(collection))
                          .append("cursors", ids)));
    }
  }

  private static void requireNoEnding(BsonDocument event) {
    BsonValue type = event.get("operationType");
    if (type != null && type.isString() && ENDINGS.contains(type.asString().getValue())) {
      throw new GuestServiceException(
          "MongoDBError", "the collection was dropped or renamed, and nothing follows", null);
    }
  }

  private static BsonValue position(Call call, BsonDocument cursor, List<BsonDocument> events) {
    BsonValue position = cursor.get("postBatchResumeToken");
    if (position == null && !events.isEmpty()) {
      position = events.getLast().get("_id");
    }
    if (position == null) {
      position = call.arguments().optionalDocument("position");
    }
    if (position == null) {
      throw new GuestServiceException(
          "MongoDBError", "the database does not say where its change stream begins", null);
    }
    return position;
  }
}
