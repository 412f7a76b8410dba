package dev.berth.identity.store;

import static dev.berth.identity.store.MajorityCollection.before;
import static dev.berth.identity.store.MajorityCollection.byId;
import static dev.berth.identity.store.MajorityCollection.date;

import dev.berth.appmodel.AppId;
import dev.berth.identity.Ids;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.MongoClient;
import java.time.Instant;
import java.util.Optional;
import org.bson.BsonDocument;

/// The sessions and the devices they were opened on.
public final class SessionStore {

  private final MajorityCollection sessions;
  private final MajorityCollection devices;

  SessionStore(MongoClient client) {
    this.sessions = new MajorityCollection(client, "sessions");
    this.devices = new MajorityCollection(client, "devices");
  }

  Future<Void> makeIndexes() {
    return Future.all(
            sessions.index("userId"), sessions.index("expiresAt"), devices.index("userId"))
        .mapEmpty();
  }

  public Future<Void> open(StoredSession session) {
    return sessions
        .insert(
            byId(session.id())
                .put("appId", session.appId().value())
                .put("userId", session.userId())
                .put("providerType", session.providerType())
                .put("identityId", session.identityId())
                .put("deviceId", session.deviceId())
                .put("createdAt", date(session.createdAt()))
                .put("expiresAt", date(session.expiresAt())))
        .mapEmpty();
  }

  public Future<Optional<StoredSession>> find(AppId appId, String id) {
    return sessions
        .find(byId(id))
        .map(
            found ->
                found.map(SessionStore::session).filter(session -> session.appId().equals(appId)));
  }

  public Future<Boolean> close(String id) {
    return sessions.remove(byId(id));
  }

  public Future<Void> closeAll(String userId) {
    return sessions.removeAll(new JsonObject().put("userId", userId));
  }

  /// Removes those of an app that is gone, and their devices.
  public Future<Void> removeAll(AppId appId) {
    return sessions.removeAll(appId).compose(_ -> devices.removeAll(appId));
  }

  public Future<Void> removeExpired(Instant now) {
    return sessions.removeAll(new JsonObject().put("expiresAt", before(now)));
  }

  /// Writes down what a device says of itself.
  ///
  /// @return false when the app has not given out that id
  public Future<Boolean> seen(
      AppId appId, String userId, String deviceId, BsonDocument facts, Instant now) {
    if (!Ids.isId(deviceId)) {
      return Future.succeededFuture(false);
    }
    JsonObject change =
        new JsonObject()
            .put("userId", userId)
            .put("facts", Documents.text(facts))
            .put("seenAt", date(now));
    return devices.update(byId(key(appId, deviceId)), MajorityCollection.set(change));
  }

  public Future<Void> addDevice(
      AppId appId, String userId, String deviceId, BsonDocument facts, Instant now) {
    return devices
        .insert(
            byId(key(appId, deviceId))
                .put("appId", appId.value())
                .put("userId", userId)
                .put("facts", Documents.text(facts))
                .put("seenAt", date(now)))
        .mapEmpty();
  }

  public Future<Void> forgetDevices(String userId) {
    return devices.removeAll(new JsonObject().put("userId", userId));
  }

  private static String key(AppId appId, String deviceId) {
    return appId + "/" + deviceId;
  }

  private static StoredSession session(JsonObject document) {
    return new StoredSession(
        document.getString("_id"),
        new AppId(document.getString("appId")),
        document.getString("userId"),
        document.getString("providerType"),
        document.getString("identityId"),
        document.getString("deviceId"),
        date(document, "createdAt"),
        date(document, "expiresAt"));
  }
}
