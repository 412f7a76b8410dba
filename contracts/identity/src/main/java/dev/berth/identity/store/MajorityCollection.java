package dev.berth.identity.store;

import com.mongodb.DuplicateKeyException;
import com.mongodb.MongoWriteException;
import dev.berth.appmodel.AppId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.FindOptions;
import io.vertx.ext.mongo.IndexOptions;
import io.vertx.ext.mongo.MongoClient;
import io.vertx.ext.mongo.UpdateOptions;
import io.vertx.ext.mongo.WriteOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/// One collection of ours. Every write waits for a majority, so that what was acknowledged
/// outlives the loss of a database node; a unique key that is taken is an answer, not a failure.
final class MajorityCollection {

  private static final int DUPLICATE_KEY = 11000;

  private final MongoClient client;
  private final String name;

  MajorityCollection(MongoClient client, String name) {
    this.client = client;
    this.name = name;
  }

  Future<Void> uniqueIndex(String... fields) {
    return index(true, fields);
  }

  Future<Void> index(String... fields) {
    return index(false, fields);
  }

  private Future<Void> index(boolean unique, String... fields) {
    JsonObject keys = new JsonObject();
    for (String field : fields) {
      keys.put(field, 1);
    }
    return client.createIndexWithOptions(name, keys, new IndexOptions().unique(unique));
  }

  /// Adds a document.
  ///
  /// @return false when a unique key is taken
  Future<Boolean> insert(JsonObject document) {
    return client
        .insertWithOptions(name, document, WriteOption.MAJORITY)
        .map(true)
        .recover(MajorityCollection::falseWhenTaken);
  }

  /// The only one, or any one.
  Future<Optional<JsonObject>> find(JsonObject query) {
    return client.findOne(name, query, null).map(Optional::ofNullable);
  }

  /// All of them, the first ones first by a field.
  Future<List<JsonObject>> all(JsonObject query, String orderBy) {
    return client.findWithOptions(
        name, query, new FindOptions().setSort(new JsonObject().put(orderBy, 1)));
  }

  /// The first ones by a field.
  Future<List<JsonObject>> first(JsonObject query, String orderBy, int most) {
    return client.findWithOptions(
        name, query, new FindOptions().setSort(new JsonObject().put(orderBy, 1)).setLimit(most));
  }

  /// Some of them.
  Future<List<JsonObject>> some(JsonObject query, int most) {
    return client.findWithOptions(name, query, new FindOptions().setLimit(most));
  }

  /// Changes one document.
  ///
  /// @return false when there is none, or when a unique key is taken
  Future<Boolean> update(JsonObject query, JsonObject change) {
    return client
        .updateCollectionWithOptions(
            name, query, change, new UpdateOptions().setWriteOption(WriteOption.MAJORITY))
        .map(result -> result != null && result.getDocMatched() > 0)
        .recover(MajorityCollection::falseWhenTaken);
  }

  /// Removes one document.
  ///
  /// @return whether there was one
  Future<Boolean> remove(JsonObject query) {
    return client
        .removeDocumentWithOptions(name, query, WriteOption.MAJORITY)
        .map(result -> result != null && result.getRemovedCount() > 0);
  }

  Future<Void> removeAll(JsonObject query) {
    return client.removeDocumentsWithOptions(name, query, WriteOption.MAJORITY).mapEmpty();
  }

  /// Removes whatever is of an app.
  Future<Void> removeAll(AppId appId) {
    return removeAll(new JsonObject().put("appId", appId.value()));
  }

  private static Future<Boolean> falseWhenTaken(Throwable failure) {
    return isDuplicate(failure) ? Future.succeededFuture(false) : Future.failedFuture(failure);
  }

  private static boolean isDuplicate(Throwable failure) {
    return failure instanceof DuplicateKeyException
        || (failure instanceof MongoWriteException write
            && write.getError().getCode() == DUPLICATE_KEY);
  }

  static JsonObject byId(String id) {
    return new JsonObject().put("_id", id);
  }

  static JsonObject set(JsonObject fields) {
    return new JsonObject().put("$set", fields);
  }

  static JsonObject date(Instant instant) {
    return new JsonObject().put("$date", instant.truncatedTo(ChronoUnit.MILLIS).toString());
  }

  static Instant date(JsonObject document, String field) {
    return Instant.parse(document.getJsonObject(field).getString("$date"));
  }

  static JsonObject before(Instant instant) {
    return new JsonObject().put("$lt", date(instant));
  }
}
