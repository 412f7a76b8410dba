package dev.berth.controlplane;

import com.mongodb.DuplicateKeyException;
import com.mongodb.MongoWriteException;
import dev.berth.appmodel.AppId;
import dev.berth.appmodel.Revision;
import dev.berth.identity.Ids;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.FindOptions;
import io.vertx.ext.mongo.IndexOptions;
import io.vertx.ext.mongo.MongoClient;
import io.vertx.ext.mongo.UpdateOptions;
import io.vertx.ext.mongo.WriteOption;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Apps and revisions as documents of a MongoDB database of our own, `berth`.
///
/// Two writers at once are told apart by unique keys: the one that comes second looks again.
/// Every write waits for a majority, so that what was acknowledged outlives the loss of a
/// database node.
public final class MongoAppStore implements AppStore {

  /// The database; apps keep their data in others.
  public static final String DATABASE = "berth";

  private static final String APPS = "apps";
  private static final String REVISIONS = "revisions";
  private static final int SUFFIX_LETTERS = 5;
  private static final int DUPLICATE_KEY = 11000;

  private final MongoClient client;
  private final Clock clock;

  private MongoAppStore(MongoClient client, Clock clock) {
    this.client = client;
    this.clock = clock;
  }

  /// Opens the store and makes sure of its indexes.
  ///
  /// @param connectionString a `mongodb:` or `mongodb+srv:` URI
  /// @return fails when the database cannot be reached
  public static Future<MongoAppStore> open(Vertx vertx, String connectionString, Clock clock) {
    JsonObject settings =
        new JsonObject().put("connection_string", connectionString).put("db_name", DATABASE);
    MongoAppStore store = new MongoAppStore(MongoClient.create(vertx, settings), clock);
    return store
        .makeIndexes()
        .map(store)
        .recover(failure -> store.close().transform(_ -> Future.failedFuture(failure)));
  }

  private Future<Void> makeIndexes() {
    Future<Void> origins =
        client.createIndexWithOptions(
            APPS, new JsonObject().put("origin", 1), new IndexOptions().unique(true).sparse(true));
    Future<Void> numbers =
        client.createIndexWithOptions(
            REVISIONS,
            new JsonObject().put("appId", 1).put("number", -1),
            new IndexOptions().unique(true));
    return Future.all(origins, numbers).mapEmpty();
  }

  /// Lets the connections go.
  public Future<Void> close() {
    return client.close();
  }

  @Override
  public Future<AppId> idFor(Origin origin) {
    String key = origin.place() + "#" + origin.name();
    return client
        .findOne(APPS, new JsonObject().put("origin", key), new JsonObject().put("_id", 1))
        .compose(
            app ->
                app == null
                    ? makeId(origin.name(), key)
                    : Future.succeededFuture(new AppId(app.getString("_id"))))
        .recover(failure -> isDuplicate(failure) ? idFor(origin) : Future.failedFuture(failure));
  }

  private Future<AppId> makeId(String name, String originKey) {
    AppId id = new AppId(name + "-" + Ids.letters(SUFFIX_LETTERS));
    JsonObject app =
        new JsonObject()
            .put("_id", id.value())
            .put("name", name)
            .put("origin", originKey)
            .put("createdAt", date(now()));
    app.mergeIn(ownership());
    return client.insertWithOptions(APPS, app, WriteOption.MAJORITY).map(_ -> id);
  }

  /// What administrators know an app by, and whose it is.
  private JsonObject ownership() {
    return new JsonObject()
        .put("internalId", Ids.next())
        .put("projectId", LocalTenant.PROJECT)
        .put("fromFolder", true)
        .put("lastModified", date(now()));
  }

  @Override
  public Future<StoredRevision> keep(AppId id, String name, String digest) {
    return latest(id)
        .compose(
            latest -> {
              if (latest == null) {
                return register(id, name).compose(_ -> add(id, new Revision(1), digest));
              }
              StoredRevision kept = revision(latest);
              return kept.digest().equals(digest)
                  ? Future.succeededFuture(kept)
                  : add(id, kept.revision().next(), digest);
            })
        .recover(
            failure ->
                isDuplicate(failure) ? keep(id, name, digest) : Future.failedFuture(failure));
  }

  private Future<JsonObject> latest(AppId id) {
    FindOptions newestOnly =
        new FindOptions().setSort(new JsonObject().put("number", -1)).setLimit(1);
    return client
        .findWithOptions(REVISIONS, new JsonObject().put("appId", id.value()), newestOnly)
        .map(found -> found.isEmpty() ? null : found.getFirst());
  }

  private Future<Void> register(AppId id, String name) {
    JsonObject onInsert = new JsonObject().put("name", name).put("createdAt", date(now()));
    onInsert.mergeIn(ownership());
    return client
        .updateCollectionWithOptions(
            APPS,
            new JsonObject().put("_id", id.value()),
            new JsonObject().put("$setOnInsert", onInsert),
            new UpdateOptions().setUpsert(true).setWriteOption(WriteOption.MAJORITY))
        .compose(_ -> revive(id, onInsert));
  }

  /// An App ID that was deleted is given to nobody; but whoever has folders on this machine is
  /// who deleted it, and nothing is left of what it stood for.
  private Future<Void> revive(AppId id, JsonObject fields) {
    JsonObject deleted =
        new JsonObject()
            .put("_id", id.value())
            .put("removedAt", new JsonObject().put("$exists", true));
    JsonObject marks = new JsonObject().put("removedAt", "").put("isBeingRemoved", "");
    return client
        .updateCollectionWithOptions(
            APPS,
            deleted,
            new JsonObject().put("$set", fields).put("$unset", marks),
            new UpdateOptions().setWriteOption(WriteOption.MAJORITY))
        .mapEmpty();
  }

  private Future<StoredRevision> add(AppId id, Revision revision, String digest) {
    StoredRevision kept = new StoredRevision(revision, now(), digest);
    JsonObject document =
        new JsonObject()
            .put("_id", id + "/" + revision)
            .put("appId", id.value())
            .put("number", revision.number())
            .put("deployedAt", date(kept.deployedAt()))
            .put("digest", digest);
    return client.insertWithOptions(REVISIONS, document, WriteOption.MAJORITY).map(_ -> kept);
  }

  private static StoredRevision revision(JsonObject document) {
    return new StoredRevision(
        new Revision(document.getLong("number")),
        Instant.parse(document.getJsonObject("deployedAt").getString("$date")),
        document.getString("digest"));
  }

  private Instant now() {
    // As precise as the database keeps it, so that what is answered now is what is read later.
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  private static JsonObject date(Instant instant) {
    return new JsonObject().put("$date", instant.toString());
  }

  private static boolean isDuplicate(Throwable failure) {
    return failure instanceof DuplicateKeyException
        || (failure instanceof MongoWriteException write
            && write.getError().getCode() == DUPLICATE_KEY);
  }
}
