package dev.berth.identity.store;

import dev.berth.appmodel.AppId;
import dev.berth.identity.token.SigningKeyStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.MongoClient;

/// Everything that is kept of users, in the database of ours that the apps are in, too.
public final class IdentityStore {

  /// The database; apps keep their data in others, and cannot name this one.
  public static final String DATABASE = "berth";

  private final MongoClient client;
  private final UserStore users;
  private final SessionStore sessions;
  private final ApiKeyStore apiKeys;
  private final PasswordAccountStore passwordAccounts;
  private final LinkTokenStore linkTokens;
  private final MongoSigningKeys signingKeys;

  private IdentityStore(MongoClient client) {
    this.client = client;
    this.users = new UserStore(client);
    this.sessions = new SessionStore(client);
    this.apiKeys = new ApiKeyStore(client);
    this.passwordAccounts = new PasswordAccountStore(client);
    this.linkTokens = new LinkTokenStore(client);
    this.signingKeys = new MongoSigningKeys(client);
  }

  /// Opens the store and makes sure of its indexes.
  ///
  /// @param connectionString a `mongodb:` or `mongodb+srv:` URI
  /// @return fails when the database cannot be reached
  public static Future<IdentityStore> open(Vertx vertx, String connectionString) {
    JsonObject settings =
        new JsonObject().put("connection_string", connectionString).put("db_name", DATABASE);
    IdentityStore store = new IdentityStore(MongoClient.create(vertx, settings));
    return store
        .makeIndexes()
        .map(store)
        .recover(failure -> store.close().transform(_ -> Future.failedFuture(failure)));
  }

  private Future<Void> makeIndexes() {
    return Future.all(
            users.makeIndexes(),
            sessions.makeIndexes(),
            apiKeys.makeIndexes(),
            passwordAccounts.makeIndexes(),
            linkTokens.makeIndexes(),
            signingKeys.makeIndexes())
        .mapEmpty();
  }

  public UserStore users() {
    return users;
  }

  public SessionStore sessions() {
    return sessions;
  }

  public ApiKeyStore apiKeys() {
    return apiKeys;
  }

  public PasswordAccountStore passwordAccounts() {
    return passwordAccounts;
  }

  public LinkTokenStore linkTokens() {
    return linkTokens;
  }

  public SigningKeyStore signingKeys() {
    return signingKeys;
  }

  /// Removes everything that is of an app. Links run out by themselves, and lead nowhere without
  /// their account.
  public Future<Void> removeAll(AppId appId) {
    return sessions
        .removeAll(appId)
        .compose(_ -> apiKeys.removeAll(appId))
        .compose(_ -> passwordAccounts.removeAll(appId))
        .compose(_ -> users.removeAll(appId))
        .compose(_ -> signingKeys.removeAll(appId));
  }

  /// Lets the connections go.
  public Future<Void> close() {
    return client.close();
  }
}
