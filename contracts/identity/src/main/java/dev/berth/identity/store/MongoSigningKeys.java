package dev.berth.identity.store;

import dev.berth.appmodel.AppId;
import dev.berth.identity.token.SigningKey;
import dev.berth.identity.token.SigningKeyStore;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.MongoClient;
import java.util.Base64;
import java.util.List;

/// Signing keys as documents. Whoever reads them can sign tokens of every app, as whoever writes
/// to the database can make users.
final class MongoSigningKeys implements SigningKeyStore {

  private final MajorityCollection keys;

  MongoSigningKeys(MongoClient client) {
    this.keys = new MajorityCollection(client, "signing_keys");
  }

  Future<Void> makeIndexes() {
    return keys.uniqueIndex("appId", "number");
  }

  @Override
  public Future<List<SigningKey>> all(AppId appId) {
    return keys.all(new JsonObject().put("appId", appId.value()), "number")
        .map(found -> found.stream().map(MongoSigningKeys::key).toList());
  }

  @Override
  public Future<Boolean> add(AppId appId, String keyId, long number, byte[] secret) {
    return keys.insert(
        MajorityCollection.byId(keyId)
            .put("appId", appId.value())
            .put("number", number)
            .put("secret", Base64.getEncoder().encodeToString(secret)));
  }

  /// Removes those of an app that is gone.
  Future<Void> removeAll(AppId appId) {
    return keys.removeAll(appId);
  }

  private static SigningKey key(JsonObject document) {
    return new SigningKey(
        document.getString("_id"),
        document.getLong("number"),
        Base64.getDecoder().decode(document.getString("secret")));
  }
}
