package dev.berth.identity.store;

import static dev.berth.identity.store.MajorityCollection.byId;
import static dev.berth.identity.store.MajorityCollection.date;
import static dev.berth.identity.store.MajorityCollection.set;

import dev.berth.appmodel.AppId;
import dev.berth.identity.AppUser;
import dev.berth.identity.Ids;
import dev.berth.identity.UserIdentity;
import dev.berth.identity.UserType;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.MongoClient;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bson.BsonDocument;

/// The users, each one document with its identities, so that all there is about who somebody is
/// changes at once. An identity belongs to one user, because its key is unique.
public final class UserStore {

  private static final String IDENTITY_KEY = "identities.key";

  private final MajorityCollection users;

  UserStore(MongoClient client) {
    this.users = new MajorityCollection(client, "users");
  }

  Future<Void> makeIndexes() {
    return Future.all(users.uniqueIndex(IDENTITY_KEY), users.index("appId", "createdAt"))
        .mapEmpty();
  }

  /// A user of the app by id.
  ///
  /// @param id any text
  public Future<Optional<StoredUser>> find(AppId appId, String id) {
    if (!Ids.isId(id)) {
      return Future.succeededFuture(Optional.empty());
    }
    return users.find(byId(id)).map(found -> of(appId, found));
  }

  /// The users of an app, the first ones first.
  public Future<List<AppUser>> all(AppId appId, int most) {
    return users
        .first(new JsonObject().put("appId", appId.value()), "createdAt", most)
        .map(found -> found.stream().map(document -> user(document).user()).toList());
  }

  /// Whoever the identity belongs to.
  public Future<Optional<StoredUser>> findByIdentity(
      AppId appId, String providerType, String identityId) {
    return users
        .find(new JsonObject().put(IDENTITY_KEY, key(appId, providerType, identityId)))
        .map(found -> of(appId, found));
  }

  /// Keeps a new user.
  ///
  /// @return false when one of its identities belongs to somebody
  public Future<Boolean> create(AppUser user) {
    JsonArray identities = new JsonArray();
    user.identities().forEach(identity -> identities.add(document(user.appId(), identity)));
    return users.insert(
        byId(user.id())
            .put("appId", user.appId().value())
            .put("type", user.type().name())
            .put("identities", identities)
            .put("disabled", user.disabled())
            .put("generation", 0L)
            .put("createdAt", date(user.createdAt()))
            .put("lastAuthenticatedAt", date(user.lastAuthenticatedAt())));
  }

  /// Adds an identity.
  ///
  /// @return false when somebody has it, perhaps this user, or there is no such user any more
  public Future<Boolean> addIdentity(AppId appId, String userId, UserIdentity identity) {
    String key = key(appId, identity.providerType(), identity.id());
    // A unique key keeps two users from having it, and not one user from having it twice.
    JsonObject without = byId(userId).put(IDENTITY_KEY, new JsonObject().put("$ne", key));
    return users.update(
        without,
        new JsonObject()
            .put("$push", new JsonObject().put("identities", document(appId, identity))));
  }

  /// Writes down that a user proved an identity, and what the provider says of the user now.
  public Future<Void> authenticated(
      AppId appId, String userId, UserIdentity identity, Instant now) {
    String key = key(appId, identity.providerType(), identity.id());
    JsonObject change =
        new JsonObject()
            .put("lastAuthenticatedAt", date(now))
            .put("identities.$.data", Documents.text(identity.data()));
    return users.update(byId(userId).put(IDENTITY_KEY, key), set(change)).mapEmpty();
  }

  /// Writes down that a user proved to be that user by something that is no identity.
  public Future<Void> authenticated(String userId, Instant now) {
    JsonObject change = new JsonObject().put("lastAuthenticatedAt", date(now));
    return users.update(byId(userId), set(change)).mapEmpty();
  }

  /// Refuses a user from now on, or no longer.
  ///
  /// @return false when there is no such user
  public Future<Boolean> setDisabled(String userId, boolean disabled) {
    return users.update(byId(userId), set(new JsonObject().put("disabled", disabled)));
  }

  /// Makes all tokens that were issued so far those of an earlier generation.
  ///
  /// @return false when there is no such user
  public Future<Boolean> nextGeneration(String userId) {
    return users.update(
        byId(userId), new JsonObject().put("$inc", new JsonObject().put("generation", 1L)));
  }

  public Future<Boolean> delete(String userId) {
    return users.remove(byId(userId));
  }

  /// Removes those of an app that is gone.
  public Future<Void> removeAll(AppId appId) {
    return users.removeAll(appId);
  }

  /// Some users that have an anonymous identity and no other, and were made before a moment.
  public Future<List<StoredUser>> anonymousBefore(Instant moment, int most) {
    JsonObject query =
        new JsonObject()
            .put("identities.providerType", "anon-user")
            .put("identities", new JsonObject().put("$size", 1))
            .put("createdAt", MajorityCollection.before(moment));
    return users.some(query, most).map(found -> found.stream().map(UserStore::user).toList());
  }

  private static Optional<StoredUser> of(AppId appId, Optional<JsonObject> document) {
    return document
        .filter(found -> appId.value().equals(found.getString("appId")))
        .map(UserStore::user);
  }

  private static StoredUser user(JsonObject document) {
    List<UserIdentity> identities =
        document.getJsonArray("identities").stream()
            .map(JsonObject.class::cast)
            .map(UserStore::identity)
            .toList();
    BsonDocument data = new BsonDocument();
    identities.forEach(identity -> data.putAll(identity.data()));
    AppUser user =
        new AppUser(
            new AppId(document.getString("appId")),
            document.getString("_id"),
            UserType.valueOf(document.getString("type")),
            identities,
            data,
            new BsonDocument(),
            document.getBoolean("disabled"),
            date(document, "createdAt"),
            date(document, "lastAuthenticatedAt"));
    return new StoredUser(user, document.getLong("generation"));
  }

  private static JsonObject document(AppId appId, UserIdentity identity) {
    return new JsonObject()
        .put("key", key(appId, identity.providerType(), identity.id()))
        .put("id", identity.id())
        .put("providerType", identity.providerType())
        .put("providerId", identity.providerId())
        .put("data", Documents.text(identity.data()));
  }

  private static UserIdentity identity(JsonObject document) {
    return new UserIdentity(
        document.getString("id"),
        document.getString("providerType"),
        document.getString("providerId"),
        Documents.document(document.getString("data")));
  }

  /// One text for the three. The first two hold no slash.
  private static String key(AppId appId, String providerType, String identityId) {
    return appId + "/" + providerType + "/" + identityId;
  }
}
