package dev.berth.worker.mongodb;

import dev.berth.jsruntime.service.GuestService;
import dev.berth.jsruntime.service.GuestServiceException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// The operation with which users hear of changes: one look at what has changed since a position.
///
/// The change stream itself tells everything, so none of it reaches a user unseen: the documents
/// it speaks of are read again, as the user would read them, and what is not found that way is
/// not told. Each look stands by itself: rules hold as they are now, and any worker can take the
/// next one.
final class UserChanges {

  /// Events of one look.
  private static final int BATCH = 100;

  private static final Set<String> ENDINGS = Set.of("drop", "rename", "dropDatabase", "invalidate");

  private final GuestService forUsers;

  /// @param forUsers where documents are read under rules
  UserChanges(GuestService forUsers) {
    this.forUsers = forUsers;
  }

  CompletionStage<BsonValue> since(UserCall call) {
    boolean seesAll = call.rules().permitsReadingAll(call.facts());
    return DriverResult.one(call.call().database().runCommand(look(call), BsonDocument.class))
        .thenCompose(
            reply -> {
              BsonDocument cursor = reply.getDocument("cursor");
              close(call, cursor);
              List<BsonValue> events = cursor.getArray("firstBatch");
              events.forEach(event -> requireNoEnding(event.asDocument()));
              return documents(call, events)
                  .thenApply(
                      visible ->
                          new BsonDocument("events", told(events, visible, seesAll))
                              .append("position", position(call, cursor, events)));
            });
  }

  private static BsonDocument look(UserCall call) {
    var stream = new BsonDocument("fullDocument", new BsonString("updateLookup"));
    BsonDocument position = call.arguments().optionalDocument("position");
    if (position != null) {
      stream.append("resumeAfter", position);
    }
    var pipeline = new BsonArray();
    pipeline.add(new BsonDocument("$changeStream", stream));
    BsonDocument wanted = wanted(call);
    if (wanted != null) {
      pipeline.add(new BsonDocument("$match", wanted));
    }
    String collection = call.collection().name();
    return new BsonDocument("aggregate", new BsonString(collection))
        .append("pipeline", pipeline)
        .append("cursor", new BsonDocument("batchSize", new BsonInt32(BATCH)));
  }

  private static @Nullable BsonDocument wanted(UserCall call) {
    BsonDocument query = call.checked("query");
    if (call.arguments().has("ids")) {
      BsonValue ids = call.arguments().value("ids");
      if (!ids.isArray()) {
        throw call.arguments().refused("ids", "must be an array");
      }
      if (query != null) {
        throw call.arguments().refused("ids", "and a filter exclude each other");
      }
      return new BsonDocument("documentKey._id", new BsonDocument("$in", ids));
    }
    return query == null || query.isEmpty() ? null : RegexRewrite.query(query);
  }

  /// What the database keeps of a look is of no use to the next one.
  private static void close(UserCall call, BsonDocument cursor) {
    long id = cursor.getNumber("id").longValue();
    if (id != 0) {
      BsonArray ids = new BsonArray(List.of(new BsonInt64(id)));
      String collection = call.collection().name();
      var _ =
          DriverResult.all(
              call.call()
                  .database()
                  .runCommand(
                      new BsonDocument("killCursors", new BsonString(collection))
                          .append("cursors", ids)));
    }
  }

  private static void requireNoEnding(BsonDocument event) {
    if (ENDINGS.contains(event.getString("operationType").getValue())) {
      throw new GuestServiceException(
          "MongoDBError", "the collection was dropped or renamed, and nothing follows", null);
    }
  }

  /// The documents of the events, as far as the user sees them and their ids.
  private CompletionStage<Map<BsonValue, BsonDocument>> documents(
      UserCall call, List<BsonValue> events) {
    var ids = new BsonArray();
    for (BsonValue event : events) {
      BsonValue id = idOf(event.asDocument());
      if (id != null && !ids.contains(id)) {
        ids.add(id);
      }
    }
    if (ids.isEmpty()) {
      return CompletableFuture.completedFuture(Map.of());
    }
    var arguments =
        new BsonDocument("service", new BsonString(call.arguments().text("service")))
            .append("database", new BsonString(call.arguments().text("database")))
            .append("collection", new BsonString(call.arguments().text("collection")))
            .append("query", new BsonDocument("_id", new BsonDocument("$in", ids)));
    return forUsers
        .call(call.call().scope(), "find", arguments)
        .thenApply(
            found -> {
              Map<BsonValue, BsonDocument> byId = new HashMap<>();
              for (BsonValue document : found.asArray()) {
                BsonValue id = document.asDocument().get("_id");
                if (id != null) {
                  byId.put(id, document.asDocument());
                }
              }
              return byId;
            });
  }

  private static @Nullable BsonValue idOf(BsonDocument event) {
    return event.getDocument("documentKey", new BsonDocument()).get("_id");
  }

  private static BsonArray told(
      List<BsonValue> events, Map<BsonValue, BsonDocument> visible, boolean seesAll) {
    var told = new BsonArray();
    for (BsonValue value : events) {
      BsonDocument event = value.asDocument();
      BsonDocument document = visible.get(idOf(event));
      boolean isDeletion = event.getString("operationType").getValue().equals("delete");
      if (isDeletion ? seesAll : document != null) {
        told.add(told(event, isDeletion ? null : document, seesAll));
      }
    }
    return told;
  }

  private static BsonDocument told(
      BsonDocument event, @Nullable BsonDocument document, boolean seesAll) {
    var told = new BsonDocument();
    for (String name : List.of("_id", "operationType", "clusterTime", "ns", "documentKey")) {
      BsonValue part = event.get(name);
      if (part != null) {
        told.append(name, part);
      }
    }
    if (document != null) {
      told.append("fullDocument", document);
      BsonDocument description = event.getDocument("updateDescription", null);
      if (description != null) {
        told.append("updateDescription", visible(description, document, seesAll));
      }
    }
    return told;
  }

  /// Of what an update did, a user who does not see everything hears what the document shows.
  private static BsonDocument visible(
      BsonDocument description, BsonDocument document, boolean seesAll) {
    BsonDocument updated = description.getDocument("updatedFields", new BsonDocument());
    BsonArray removed = description.getArray("removedFields", new BsonArray());
    if (!seesAll) {
      BsonDocument all = updated;
      updated = new BsonDocument();
      for (Map.Entry<String, BsonValue> field : all.entrySet()) {
        if (field.getValue().equals(document.get(field.getKey()))) {
          updated.append(field.getKey(), field.getValue());
        }
      }
      removed = new BsonArray();
    }
    return new BsonDocument("updatedFields", updated).append("removedFields", removed);
  }

  private static BsonValue position(UserCall call, BsonDocument cursor, List<BsonValue> events) {
    BsonValue position = cursor.get("postBatchResumeToken");
    if (position == null && !events.isEmpty()) {
      position = events.getLast().asDocument().get("_id");
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
