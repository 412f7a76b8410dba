package dev.berth.identity.store;

import static dev.berth.identity.store.MajorityCollection.byId;
import static dev.berth.identity.store.MajorityCollection.set;

import dev.berth.appmodel.AppId;
import dev.berth.identity.ApiKey;
import dev.berth.identity.Ids;
import dev.berth.identity.store.StoredApiKey.Owner;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.MongoClient;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The API keys of users and developers.
///
/// Every key takes one of the numbered places of its owner, and a place can be taken once: that
/// keeps the limit even when keys are made at the same time.
public final class ApiKeyStore {

  private final MajorityCollection keys;

  ApiKeyStore(MongoClient client) {
    this.keys = new MajorityCollection(client, "api_keys");
  }

  Future<Void> makeIndexes() {
    return Future.all(
            keys.uniqueIndex("hash"),
            keys.uniqueIndex("scope", "name"),
            keys.uniqueIndex("scope", "place"),
            keys.index("userId"))
        .mapEmpty();
  }

  /// How keeping a key ended.
  public enum Kept {
    DONE,
    NAME_TAKEN,
    TOO_MANY
  }

  public Future<Kept> add(StoredApiKey key) {
    return keys.all(scope(key.owner()), "place").compose(present -> add(key, present));
  }

  private Future<Kept> add(StoredApiKey key, List<JsonObject> present) {
    if (present.stream().anyMatch(one -> key.key().name().equals(one.getString("name")))) {
      return Future.succeededFuture(Kept.NAME_TAKEN);
    }
    Set<Integer> taken =
        present.stream().map(one -> one.getInteger("place")).collect(Collectors.toSet());
    Optional<Integer> place =
        IntStream.range(0, key.owner().most()).boxed().filter(i -> !taken.contains(i)).findFirst();
    if (place.isEmpty()) {
      return Future.succeededFuture(Kept.TOO_MANY);
    }
    return keys.insert(document(key, place.get()))
        .compose(kept -> kept ? Future.succeededFuture(Kept.DONE) : add(key));
  }

  public Future<Optional<StoredApiKey>> findByHash(AppId appId, String hash) {
    return keys.find(new JsonObject().put("hash", hash))
        .map(
            found ->
                found
                    .map(ApiKeyStore::key)
                    .filter(key -> key.appId().equals(appId) && Ids.sameHash(key.hash(), hash)));
  }

  /// A key of the owner by id.
  ///
  /// @param id any text
  public Future<Optional<StoredApiKey>> find(Owner owner, String id) {
    if (!Ids.isId(id)) {
      return Future.succeededFuture(Optional.empty());
    }
    return keys.find(byId(id))
        .map(found -> found.map(ApiKeyStore::key).filter(key -> key.owner().equals(owner)));
  }

  /// The keys of an owner, in the order they were made.
  public Future<List<StoredApiKey>> all(Owner owner) {
    return keys.all(scope(owner), "createdAt")
        .map(found -> found.stream().map(ApiKeyStore::key).toList());
  }

  public Future<Boolean> setDisabled(String id, boolean disabled) {
    return keys.update(byId(id), set(new JsonObject().put("disabled", disabled)));
  }

  public Future<Boolean> delete(String id) {
    return keys.remove(byId(id));
  }

  public Future<Void> deleteAll(String userId) {
    return keys.removeAll(new JsonObject().put("userId", userId));
  }

  /// Removes those of an app that is gone.
  public Future<Void> removeAll(AppId appId) {
    return keys.removeAll(appId);
  }

  private static JsonObject scope(Owner owner) {
    return new JsonObject().put("scope", owner.scope());
  }

  private static JsonObject document(StoredApiKey key, int place) {
    return byId(key.key().id())
        .put("appId", key.appId().value())
        .put("scope", key.owner().scope())
        .put("most", key.owner().most())
        .put("place", place)
        .put("userId", key.userId())
        .put("name", key.key().name())
        .put("disabled", key.key().disabled())
        .put("hash", key.hash())
        .put("createdAt", System.currentTimeMillis());
  }

  private static StoredApiKey key(JsonObject document) {
    return new StoredApiKey(
        new AppId(document.getString("appId")),
        new Owner(document.getString("scope"), document.getInteger("most")),
        document.getString("userId"),
        new ApiKey(
            document.getString("_id"), document.getString("name"), document.getBoolean("disabled")),
        document.getString("hash"));
  }
}
