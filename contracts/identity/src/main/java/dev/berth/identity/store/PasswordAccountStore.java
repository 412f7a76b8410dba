package dev.berth.identity.store;

import static dev.berth.identity.store.MajorityCollection.before;
import static dev.berth.identity.store.MajorityCollection.byId;
import static dev.berth.identity.store.MajorityCollection.date;
import static dev.berth.identity.store.MajorityCollection.set;

import dev.berth.appmodel.AppId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.MongoClient;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// E-mail addresses and password hashes.
public final class PasswordAccountStore {

  private final MajorityCollection accounts;

  PasswordAccountStore(MongoClient client) {
    this.accounts = new MajorityCollection(client, "password_accounts");
  }

  Future<Void> makeIndexes() {
    return Future.all(accounts.uniqueIndex("login"), accounts.uniqueIndex("identityId")).mapEmpty();
  }

  /// Keeps a new account.
  ///
  /// @return false when the address is taken, also by somebody who is not confirmed
  public Future<Boolean> add(PasswordAccount account) {
    return accounts.insert(
        byId(account.id())
            .put("appId", account.appId().value())
            .put("login", login(account.appId(), account.email()))
            .put("email", account.email())
            .put("hash", account.hash())
            .put("identityId", account.identityId())
            .put("confirmed", account.confirmed())
            .put("createdAt", date(account.createdAt())));
  }

  public Future<Optional<PasswordAccount>> find(AppId appId, String email) {
    return accounts
        .find(new JsonObject().put("login", login(appId, email)))
        .map(found -> found.map(PasswordAccountStore::account));
  }

  public Future<Optional<PasswordAccount>> findById(AppId appId, String id) {
    return accounts
        .find(byId(id))
        .map(
            found ->
                found
                    .map(PasswordAccountStore::account)
                    .filter(account -> account.appId().equals(appId)));
  }

  /// Those of an app that nobody has confirmed, the first ones first.
  public Future<List<PasswordAccount>> pending(AppId appId, int most) {
    JsonObject query = new JsonObject().put("appId", appId.value()).put("confirmed", false);
    return accounts
        .first(query, "createdAt", most)
        .map(found -> found.stream().map(PasswordAccountStore::account).toList());
  }

  /// Lets the account be signed in with.
  ///
  /// @return false when there is no such account
  public Future<Boolean> confirm(String id) {
    return accounts.update(byId(id), set(new JsonObject().put("confirmed", true)));
  }

  /// Changes the password.
  ///
  /// @return false when there is no such account
  public Future<Boolean> setHash(String id, String hash) {
    return accounts.update(byId(id), set(new JsonObject().put("hash", hash)));
  }

  public Future<Boolean> delete(String id) {
    return accounts.remove(byId(id));
  }

  /// Deletes an account unless it was confirmed meanwhile.
  public Future<Boolean> deletePending(String id) {
    return accounts.remove(byId(id).put("confirmed", false));
  }

  public Future<Boolean> deleteByIdentity(String identityId) {
    return accounts.remove(new JsonObject().put("identityId", identityId));
  }

  public Future<Void> deletePendingBefore(Instant moment) {
    return accounts.removeAll(
        new JsonObject().put("confirmed", false).put("createdAt", before(moment)));
  }

  /// Removes those of an app that is gone.
  public Future<Void> removeAll(AppId appId) {
    return accounts.removeAll(appId);
  }

  private static String login(AppId appId, String email) {
    return appId + "/" + email;
  }

  private static PasswordAccount account(JsonObject document) {
    return new PasswordAccount(
        document.getString("_id"),
        new AppId(document.getString("appId")),
        document.getString("email"),
        document.getString("hash"),
        document.getString("identityId"),
        document.getBoolean("confirmed"),
        date(document, "createdAt"));
  }
}
