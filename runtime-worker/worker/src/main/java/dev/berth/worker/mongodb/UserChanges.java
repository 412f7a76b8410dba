package dev.berth.worker.mongodb;

import dev.berth.jsruntime.service.GuestService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.bson.BsonArray;
import org.bson.BsonDocument;
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

  private final GuestService forUsers;

  /// @param forUsers where documents are read under rules
  UserChanges(GuestService forUsers) {
    this.forUsers = forUsers;
  }

  CompletionStage<BsonValue> since(UserCall call) {
    boolean seesAll = call.rules().permitsReadingAll(call.facts());
    return ChangeLook.of(call.call(), wanted(call))
        .thenCompose(
            look ->
                documents(call, look.events())
                    .thenApply(
                        visible ->
                            new BsonDocument("events", told(look.events(), visible, seesAll))
                                .append("position", look.position())));
  }

  private static List<BsonDocument> wanted(UserCall call) {
    List<BsonDocument> stages =
        new ArrayList<>(ChangeLook.wanted(call.arguments(), call.checked("query")));
    if (call.arguments().has("pipeline")) {
      for (BsonDocument stage : call.pipeline()) {
        if (stage.size() != 1 || !stage.isDocument("$match")) {
          throw call.arguments()
              .refused("pipeline", "of a user may filter events with $match, and nothing else");
        }
        stages.add(stage);
      }
    }
    return stages;
  }

  /// The documents of the events, as far as the user sees them and their ids.
  private CompletionStage<Map<BsonValue, BsonDocument>> documents(
      UserCall call, List<BsonDocument> events) {
    var ids = new BsonArray();
    for (BsonDocument event : events) {
      BsonValue id = idOf(event);
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
      List<BsonDocument> events, Map<BsonValue, BsonDocument> visible, boolean seesAll) {
    var told = new BsonArray();
    for (BsonDocument event : events) {
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
    if (!seesAll && told.containsKey("documentKey")) {
      // The rest of it is what a sharded collection is spread by.
      told.put("documentKey", new BsonDocument("_id", idOf(event)));
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
}
