package dev.berth.worker.mongodb;

import com.mongodb.client.model.FindOneAndReplaceOptions;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.ReturnDocument;
import dev.berth.jsruntime.service.GuestServiceException;
import dev.berth.rules.access.DocumentAccess;
import dev.berth.rules.access.Permission;
import dev.berth.rules.access.Projection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonValue;

/// The operations with which users insert, replace and delete.
///
/// A document that is there already is written only as long as it is what was judged: when
/// somebody else has changed it meanwhile, it is found and judged anew.
final class UserWrites {

  private final WritableDocuments documents;

  UserWrites(MongoLimits limits) {
    this.documents = new WritableDocuments(limits);
  }

  CompletionStage<BsonValue> insertOne(UserCall call) {
    return insertable(call, call.arguments().document("document"))
        .thenCompose(
            document ->
                DriverResult.one(call.collection().insertOne(document))
                    .thenApply(_ -> new BsonDocument("insertedId", document.get("_id"))));
  }

  /// Nothing is inserted when one of the documents may not be.
  CompletionStage<BsonValue> insertMany(UserCall call) {
    Arguments arguments = call.arguments();
    List<BsonDocument> given = arguments.documents("documents");
    if (given.isEmpty()) {
      throw arguments.refused("documents", "must not be empty");
    }
    var options = new InsertManyOptions().ordered(arguments.flag("ordered", true));
    List<CompletableFuture<BsonDocument>> judged =
        given.stream().map(document -> insertable(call, document).toCompletableFuture()).toList();
    return CompletableFuture.allOf(judged.toArray(CompletableFuture[]::new))
        .thenCompose(
            _ -> {
              List<BsonDocument> all = judged.stream().map(CompletableFuture::join).toList();
              var ids = new BsonArray(all.stream().map(document -> document.get("_id")).toList());
              return DriverResult.one(call.collection().insertMany(all, options))
                  .thenApply(_ -> new BsonDocument("insertedIds", ids));
            });
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

  CompletionStage<BsonValue> deleteOne(UserCall call) {
    return deleted(call).thenApply(document -> Results.deleted(document.isPresent() ? 1 : 0));
  }

  CompletionStage<BsonValue> findOneAndDelete(UserCall call) {
    Projection projection = projection(call);
    return deleted(call).thenCompose(document -> shown(call, document, projection));
  }

  private CompletionStage<Optional<BsonDocument>> deleted(UserCall call) {
    DocumentAccess access = call.access();
    return documents.firstThat(
        call,
        stored -> access.delete(stored),
        stored ->
            DriverResult.one(call.collection().deleteOne(WritableDocuments.only(stored)))
                .thenApply(result -> result.getDeletedCount() > 0));
  }

  /// Nothing is deleted when one of the documents may not be, as far as they are what they were
  /// when the first one is deleted.
  CompletionStage<BsonValue> deleteMany(UserCall call) {
    DocumentAccess access = call.access();
    AtomicLong count = new AtomicLong();
    return documents
        .each(
            call,
            stored ->
                access
                    .delete(stored)
                    .thenAccept(permission -> requireNotDenied(call, permission, "delete")))
        .thenCompose(
            _ ->
                documents.each(
                    call,
                    stored ->
                        access
                            .delete(stored)
                            .thenCompose(permission -> delete(call, stored, permission, count))))
        .thenApply(_ -> Results.deleted(count.get()));
  }

  private static CompletionStage<Void> delete(
      UserCall call, BsonDocument stored, Permission permission, AtomicLong count) {
    requireNotDenied(call, permission, "delete");
    return permission == Permission.NO_ROLE
        ? CompletableFuture.completedFuture(null)
        : DriverResult.one(call.collection().deleteOne(WritableDocuments.only(stored)))
            .thenAccept(result -> count.addAndGet(result.getDeletedCount()));
  }

  private static void requireNotDenied(UserCall call, Permission permission, String operation) {
    if (permission == Permission.DENIED) {
      throw call.denied(operation);
    }
  }

  CompletionStage<BsonValue> replaceOne(UserCall call) {
    return replaced(call)
        .thenCompose(
            replacement -> {
              if (replacement.isPresent()) {
                boolean isSame = replacement.get().before().equals(replacement.get().after());
                return Results.done(
                    new BsonDocument("matchedCount", Results.number(1))
                        .append("modifiedCount", Results.number(isSame ? 0 : 1)));
              }
              return upserted(call)
                  .thenApply(
                      inserted -> {
                        var answer =
                            new BsonDocument("matchedCount", Results.number(0))
                                .append("modifiedCount", Results.number(0));
                        inserted.ifPresent(
                            document -> answer.append("upsertedId", document.get("_id")));
                        return answer;
                      });
            });
  }

  CompletionStage<BsonValue> findOneAndReplace(UserCall call) {
    Projection projection = projection(call);
    boolean isAfter = call.arguments().flag("returnNewDocument", false);
    return replaced(call)
        .thenCompose(
            replacement ->
                replacement.isPresent()
                    ? shown(
                        call,
                        replacement.map(both -> isAfter ? both.after() : both.before()),
                        projection)
                    : upserted(call)
                        .thenCompose(
                            inserted ->
                                shown(call, isAfter ? inserted : Optional.empty(), projection)));
  }

  private CompletionStage<Optional<Replacement>> replaced(UserCall call) {
    DocumentAccess access = call.access();
    BsonDocument written = Change.replacement(call.arguments(), "update");
    return documents
        .firstThat(
            call,
            stored ->
                access
                    .update(stored, replacing(call, stored, written))
                    .thenCompose(
                        permission ->
                            permission == Permission.PERMITTED
                                ? call.valid(stored, replacing(call, stored, written))
                                    .thenApply(_ -> permission)
                                : CompletableFuture.completedFuture(permission)),
            stored ->
                DriverResult.first(
                        call.collection()
                            .findOneAndReplace(
                                WritableDocuments.only(stored),
                                replacing(call, stored, written),
                                new FindOneAndReplaceOptions()
                                    .returnDocument(ReturnDocument.BEFORE)))
                    .thenApply(before -> before != null))
        .thenApply(
            found ->
                found.map(stored -> new Replacement(stored, replacing(call, stored, written))));
  }

  private static BsonDocument replacing(UserCall call, BsonDocument stored, BsonDocument written) {
    BsonValue id = stored.get("_id");
    if (id == null) {
      throw new GuestServiceException("MongoDBError", "the document has no _id", null);
    }
    if (written.containsKey("_id") && !id.equals(written.get("_id"))) {
      throw call.arguments().refused("update", "must not change the _id");
    }
    BsonDocument after = new BsonDocument("_id", id);
    written.forEach(after::putIfAbsent);
    return after;
  }

  /// An upsert that finds nothing is an insert. Its `_id` may come from the query, as the
  /// database does it.
  private static CompletionStage<Optional<BsonDocument>> upserted(UserCall call) {
    if (!call.arguments().flag("upsert", false)) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    BsonDocument written = new BsonDocument();
    BsonValue id = call.arguments().documentOrEmpty("query").get("_id");
    if (id != null && !id.isDocument() && !id.isArray()) {
      written.append("_id", id);
    }
    written.putAll(Change.replacement(call.arguments(), "update"));
    return insertable(call, written)
        .thenCompose(
            document ->
                DriverResult.one(call.collection().insertOne(document))
                    .thenApply(_ -> Optional.of(document)));
  }

  private static Projection projection(UserCall call) {
    BsonDocument own = call.arguments().optionalDocument("projection");
    return Projection.of(own == null ? List.of() : List.of(own));
  }

  /// What the caller may see of a document that it has written.
  private static CompletionStage<BsonValue> shown(
      UserCall call, Optional<BsonDocument> document, Projection projection) {
    return document.isEmpty()
        ? Results.done(BsonNull.VALUE)
        : call.access()
            .visible(document.get())
            .thenApply(
                visible ->
                    visible.map(projection::of).map(BsonValue.class::cast).orElse(BsonNull.VALUE));
  }

  private record Replacement(BsonDocument before, BsonDocument after) {}
}
