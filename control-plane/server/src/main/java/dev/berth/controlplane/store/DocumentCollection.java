package dev.berth.controlplane.store;

import com.mongodb.DuplicateKeyException;
import com.mongodb.ErrorCategory;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoWriteException;
import dev.berth.controlplane.refusal.Refusal;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.BulkOperation;
import io.vertx.ext.mongo.BulkWriteOptions;
import io.vertx.ext.mongo.FindOptions;
import io.vertx.ext.mongo.IndexOptions;
import io.vertx.ext.mongo.MongoClient;
import io.vertx.ext.mongo.UpdateOptions;
import io.vertx.ext.mongo.WriteOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One collection of ours. Every method blocks until the database has answered: not for event
/// loops. Every write waits for a majority, so that what was answered outlives the loss of a
/// database node.
///
/// A unique key that is taken is an answer. A database that does not answer is a [Refusal].
public final class DocumentCollection {

  private static final Logger LOG = LoggerFactory.getLogger(DocumentCollection.class);

  private final MongoClient client;
  private final String name;

  DocumentCollection(MongoClient client, String name) {
    this.client = client;
    this.name = name;
  }

  /// Makes sure that no two documents have the same in all of these fields.
  public void uniqueIndex(String... fields) {
    index(new IndexOptions().unique(true), fields);
  }

  /// As [#uniqueIndex], among the documents that have the field.
  public void uniqueSparseIndex(String field) {
    index(new IndexOptions().unique(true).sparse(true), field);
  }

  public void index(String... fields) {
    index(new IndexOptions(), fields);
  }

  private void index(IndexOptions options, String... fields) {
    JsonObject keys = new JsonObject();
    for (String field : fields) {
      keys.put(field, 1);
    }
    await(client.createIndexWithOptions(name, keys, options));
  }

  /// Adds a document.
  ///
  /// @return false when a unique key is taken
  public boolean insert(JsonObject document) {
    return await(
        client
            .insertWithOptions(name, document, WriteOption.MAJORITY)
            .map(true)
            .recover(DocumentCollection::falseWhenTaken));
  }

  /// Adds documents at one blow.
  public void insertAll(List<JsonObject> documents) {
    List<BulkOperation> inserts = documents.stream().map(BulkOperation::createInsert).toList();
    BulkWriteOptions options = new BulkWriteOptions(false).setWriteOption(WriteOption.MAJORITY);
    await(client.bulkWriteWithOptions(name, inserts, options).map(true));
  }

  /// The only one, or any one.
  public Optional<JsonObject> find(JsonObject query) {
    return await(client.findOne(name, query, null).map(Optional::ofNullable));
  }

  /// All of them, in the order of a field.
  public List<JsonObject> all(JsonObject query, String orderBy) {
    return find(query, new FindOptions().setSort(new JsonObject().put(orderBy, 1)));
  }

  /// The last ones by a field, the very last first.
  public List<JsonObject> last(JsonObject query, String orderBy, int most) {
    return find(query, new FindOptions().setSort(new JsonObject().put(orderBy, -1)).setLimit(most));
  }

  public List<JsonObject> find(JsonObject query, FindOptions options) {
    return await(client.findWithOptions(name, query, options));
  }

  /// All that a field says, once each.
  public List<String> distinct(String field) {
    return await(client.distinct(name, field, String.class.getName())).stream()
        .map(String.class::cast)
        .toList();
  }

  public long count(JsonObject query) {
    return await(client.count(name, query));
  }

  /// Changes one document.
  ///
  /// @return false when there is none, or when a unique key is taken
  public boolean update(JsonObject query, JsonObject change) {
    return update(query, change, false, false);
  }

  /// Changes all documents that are like that.
  public void updateAll(JsonObject query, JsonObject change) {
    update(query, change, false, true);
  }

  /// Changes one document, which is made when there is none.
  public void upsert(JsonObject query, JsonObject change) {
    if (!update(query, change, true, false)) {
      // Somebody made it meanwhile.
      update(query, change, true, false);
    }
  }

  /// A change of one document, which is made when there is none.
  public record Upsert(JsonObject query, JsonObject change) {}

  /// Makes changes at one blow.
  public void upsertAll(List<Upsert> upserts) {
    if (upserts.isEmpty()) {
      return;
    }
    List<BulkOperation> updates =
        upserts.stream()
            .map(each -> BulkOperation.createUpdate(each.query, each.change, true, false))
            .toList();
    BulkWriteOptions options = new BulkWriteOptions(false).setWriteOption(WriteOption.MAJORITY);
    await(client.bulkWriteWithOptions(name, updates, options).map(true));
  }

  private boolean update(JsonObject query, JsonObject change, boolean upsert, boolean all) {
    UpdateOptions options =
        new UpdateOptions().setUpsert(upsert).setMulti(all).setWriteOption(WriteOption.MAJORITY);
    return await(
        client
            .updateCollectionWithOptions(name, query, change, options)
            .map(
                result ->
                    result != null
                        && (result.getDocMatched() > 0 || result.getDocUpsertedId() != null))
            .recover(DocumentCollection::falseWhenTaken));
  }

  /// Removes one document.
  ///
  /// @return whether there was one
  public boolean remove(JsonObject query) {
    return await(
        client
            .removeDocumentWithOptions(name, query, WriteOption.MAJORITY)
            .map(result -> result != null && result.getRemovedCount() > 0));
  }

  public void removeAll(JsonObject query) {
    await(client.removeDocumentsWithOptions(name, query, WriteOption.MAJORITY).mapEmpty());
  }

  private static Future<Boolean> falseWhenTaken(Throwable failure) {
    return isDuplicate(failure) ? Future.succeededFuture(false) : Future.failedFuture(failure);
  }

  private static boolean isDuplicate(Throwable failure) {
    return failure instanceof DuplicateKeyException
        || (failure instanceof MongoWriteException write
            && write.getError().getCategory() == ErrorCategory.DUPLICATE_KEY)
        || (failure instanceof MongoCommandException command
            && ErrorCategory.fromErrorCode(command.getErrorCode()) == ErrorCategory.DUPLICATE_KEY);
  }

  private <T> T await(Future<T> answer) {
    try {
      return answer.toCompletionStage().toCompletableFuture().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof MongoException failure) {
        LOG.atError().setCause(failure).addKeyValue("collection", name).log("the database failed");
        throw Refusal.of(
            Refusal.Kind.UNAVAILABLE, "InternalServerError", "the database does not answer");
      }
      throw e;
    }
  }

  public static JsonObject byId(String id) {
    return new JsonObject().put("_id", id);
  }

  public static JsonObject where(String field, Object value) {
    return new JsonObject().put(field, value);
  }

  public static JsonObject set(JsonObject fields) {
    return new JsonObject().put("$set", fields);
  }

  public static JsonObject date(Instant instant) {
    return new JsonObject().put("$date", instant.truncatedTo(ChronoUnit.MILLIS).toString());
  }

  public static Instant date(JsonObject document, String field) {
    return Instant.parse(document.getJsonObject(field).getString("$date"));
  }

  /// The objects in an array field; none when there is no such field.
  public static List<JsonObject> objects(JsonObject document, String field) {
    return document.getJsonArray(field, new JsonArray()).stream()
        .map(JsonObject.class::cast)
        .toList();
  }
}
