package dev.berth.identity.account;

import dev.berth.appmodel.AppId;
import dev.berth.identity.AccessTokenState;
import dev.berth.identity.Answer;
import dev.berth.identity.ApiKey;
import dev.berth.identity.AppUser;
import dev.berth.identity.CreatedApiKey;
import dev.berth.identity.Denial.Code;
import dev.berth.identity.Done;
import dev.berth.identity.Ids;
import dev.berth.identity.PendingUser;
import dev.berth.identity.UserAdministration;
import dev.berth.identity.UserIdentity;
import dev.berth.identity.UserType;
import dev.berth.identity.provider.Providers;
import dev.berth.identity.store.IdentityStore;
import dev.berth.identity.store.StoredApiKey;
import dev.berth.identity.store.StoredApiKey.Owner;
import dev.berth.identity.store.StoredUser;
import dev.berth.identity.token.SigningKeys;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.bson.BsonDocument;
import org.bson.BsonString;

/// What happens to users from outside, and their end.
final class Administration implements UserAdministration {

  private final IdentityStore store;
  private final Users users;
  private final Registrations registrations;
  private final NewApiKeys newKeys;
  private final SigningKeys signingKeys;
  private final TokenCheck tokenCheck;
  private final Changes changes;

  Administration(
      IdentityStore store,
      Users users,
      Registrations registrations,
      NewApiKeys newKeys,
      SigningKeys signingKeys,
      TokenCheck tokenCheck,
      Changes changes) {
    this.store = store;
    this.users = users;
    this.registrations = registrations;
    this.newKeys = newKeys;
    this.signingKeys = signingKeys;
    this.tokenCheck = tokenCheck;
    this.changes = changes;
  }

  @Override
  public Future<List<AppUser>> users(AppId appId) {
    return store.users().all(appId, MOST_LISTED);
  }

  @Override
  public Future<Optional<AppUser>> find(AppId appId, String userId) {
    return users.find(appId, userId).map(found -> found.map(StoredUser::user));
  }

  /// Should the second step fail, whoever signs in with the address becomes the user.
  @Override
  public Future<Answer<AppUser>> create(AppId appId, String email, String password) {
    return registrations
        .addConfirmed(appId, email, password)
        .compose(
            answer ->
                answer.then(
                    identity -> {
                      AppUser user = users.neverSeen(appId, UserType.NORMAL, identity);
                      return store.users().create(user).map(_ -> Answer.granted(user));
                    }));
  }

  @Override
  public Future<List<PendingUser>> pending(AppId appId) {
    return store
        .passwordAccounts()
        .pending(appId, MOST_LISTED)
        .map(
            accounts ->
                accounts.stream()
                    .map(
                        account ->
                            new PendingUser(account.id(), account.email(), account.identityId()))
                    .toList());
  }

  @Override
  public Future<Answer<Done>> confirm(AppId appId, String email) {
    return registrations.confirm(appId, email);
  }

  @Override
  public Future<Answer<Done>> deletePending(AppId appId, String email) {
    return registrations.deletePending(appId, email);
  }

  @Override
  public Future<AccessTokenState> examine(AppId appId, String accessToken) {
    return tokenCheck.examine(appId, accessToken);
  }

  @Override
  public Future<List<ApiKey>> serverKeys(AppId appId) {
    return store
        .apiKeys()
        .all(Owner.developer(appId))
        .map(keys -> keys.stream().map(StoredApiKey::key).toList());
  }

  @Override
  public Future<Answer<Done>> disable(AppId appId, String userId) {
    return user(appId, userId, _ -> store.users().setDisabled(userId, true).mapEmpty());
  }

  @Override
  public Future<Answer<Done>> enable(AppId appId, String userId) {
    return user(appId, userId, _ -> store.users().setDisabled(userId, false).mapEmpty());
  }

  @Override
  public Future<Answer<Done>> revokeSessions(AppId appId, String userId) {
    return user(appId, userId, _ -> revoke(userId));
  }

  private Future<Void> revoke(String userId) {
    return store.users().nextGeneration(userId).compose(_ -> store.sessions().closeAll(userId));
  }

  /// The user goes last: as long as there is one, the deletion can be asked for again.
  @Override
  public Future<Answer<Done>> delete(AppId appId, String userId) {
    return user(
        appId,
        userId,
        found ->
            deletePasswords(found.user())
                .compose(_ -> store.apiKeys().deleteAll(userId))
                .compose(_ -> store.sessions().closeAll(userId))
                .compose(_ -> store.sessions().forgetDevices(userId))
                .compose(_ -> store.users().delete(userId))
                .mapEmpty());
  }

  private Future<Void> deletePasswords(AppUser user) {
    Future<Void> deleted = Future.succeededFuture();
    for (UserIdentity identity : user.identities()) {
      if (identity.providerType().equals("local-userpass")) {
        deleted =
            deleted.compose(
                _ -> store.passwordAccounts().deleteByIdentity(identity.id()).mapEmpty());
      }
    }
    return deleted;
  }

  private Future<Answer<Done>> user(
      AppId appId, String userId, Function<StoredUser, Future<Void>> change) {
    return users
        .find(appId, userId)
        .compose(
            found -> {
              if (found.isEmpty()) {
                return Answer.refusal(Code.USER_NOT_FOUND, "user not found");
              }
              return change
                  .apply(found.get())
                  .eventually(() -> forgotten(appId, userId))
                  .map(_ -> Answer.done());
            });
  }

  /// Also after a failure, because part of the change may have been made.
  private Future<Void> forgotten(AppId appId, String userId) {
    changes.changed(appId, userId);
    return Future.succeededFuture();
  }

  /// The user comes first, so that a key never leads nowhere.
  @Override
  public Future<Answer<CreatedApiKey>> createServerKey(AppId appId, String name) {
    ApiKey key = new ApiKey(Ids.next(), name, false);
    BsonDocument data = new BsonDocument("name", new BsonString(name));
    UserIdentity identity =
        new UserIdentity(key.id(), "api-key", Providers.id(appId, "api-key"), data);
    AppUser user = users.neverSeen(appId, UserType.SERVER, identity);
    return store
        .users()
        .create(user)
        .compose(_ -> newKeys.make(appId, Owner.developer(appId), user.id(), key))
        .compose(
            answer ->
                switch (answer) {
                  case Answer.Granted<CreatedApiKey> _ -> Future.succeededFuture(answer);
                  case Answer.Denied<CreatedApiKey> _ ->
                      store.users().delete(user.id()).map(answer);
                });
  }

  @Override
  public Future<Answer<Done>> deleteServerKey(AppId appId, String id) {
    return serverKey(
        appId,
        id,
        key ->
            store
                .apiKeys()
                .delete(id)
                .compose(_ -> store.users().setDisabled(key.userId(), true))
                .compose(_ -> revoke(key.userId())));
  }

  @Override
  public Future<Answer<Done>> enableServerKey(AppId appId, String id) {
    return serverKey(
        appId,
        id,
        key ->
            store
                .apiKeys()
                .setDisabled(id, false)
                .compose(_ -> store.users().setDisabled(key.userId(), false))
                .mapEmpty());
  }

  @Override
  public Future<Answer<Done>> disableServerKey(AppId appId, String id) {
    return serverKey(
        appId,
        id,
        key ->
            store
                .apiKeys()
                .setDisabled(id, true)
                .compose(_ -> store.users().setDisabled(key.userId(), true))
                .compose(_ -> revoke(key.userId())));
  }

  private Future<Answer<Done>> serverKey(
      AppId appId, String id, Function<StoredApiKey, Future<Void>> change) {
    return store
        .apiKeys()
        .find(Owner.developer(appId), id)
        .compose(
            found -> {
              if (found.isEmpty()) {
                return Answer.refusal(Code.API_KEY_NOT_FOUND, "API key not found");
              }
              return change
                  .apply(found.get())
                  .eventually(() -> forgotten(appId, found.get().userId()))
                  .map(_ -> Answer.done());
            });
  }

  @Override
  public Future<Void> removeAll(AppId appId) {
    return store.removeAll(appId);
  }

  @Override
  public Future<Void> rotateSigningKey(AppId appId) {
    return signingKeys.rotate(appId);
  }

  @Override
  public Runnable onChange(Consumer<UserChange> listener) {
    return changes.onChange(listener);
  }

  @Override
  public void forget(UserChange change) {
    changes.heard(change);
  }
}
