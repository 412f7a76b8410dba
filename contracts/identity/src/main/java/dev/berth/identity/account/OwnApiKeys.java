package dev.berth.identity.account;

import dev.berth.appmodel.AppId;
import dev.berth.catalog.AppCatalog;
import dev.berth.catalog.DeployedApp;
import dev.berth.identity.Answer;
import dev.berth.identity.ApiKey;
import dev.berth.identity.CreatedApiKey;
import dev.berth.identity.Denial.Code;
import dev.berth.identity.Done;
import dev.berth.identity.Session;
import dev.berth.identity.UserApiKeys;
import dev.berth.identity.UserType;
import dev.berth.identity.provider.Providers;
import dev.berth.identity.store.ApiKeyStore;
import dev.berth.identity.store.StoredApiKey;
import dev.berth.identity.store.StoredApiKey.Owner;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Function;

/// The keys that users make for themselves.
final class OwnApiKeys implements UserApiKeys {

  private final ApiKeyStore store;
  private final NewApiKeys newKeys;
  private final Sessions sessions;
  private final AppCatalog catalog;
  private final Changes changes;

  OwnApiKeys(
      ApiKeyStore store,
      NewApiKeys newKeys,
      Sessions sessions,
      AppCatalog catalog,
      Changes changes) {
    this.store = store;
    this.newKeys = newKeys;
    this.sessions = sessions;
    this.catalog = catalog;
    this.changes = changes;
  }

  @Override
  public Future<Answer<CreatedApiKey>> create(Session session, String name) {
    AppId appId = session.appId();
    String userId = session.user().id();
    if (session.user().type() == UserType.SERVER) {
      // It would outlive the key that it was made with, and nobody would see it.
      return Answer.refusal(Code.BAD_REQUEST, "server users cannot have API keys of their own");
    }
    return enabled(appId)
        .then(
            _ ->
                Users.isAnonymous(session.user())
                    ? Answer.refusal(Code.BAD_REQUEST, "anonymous users cannot have API keys")
                    : newKeys.make(appId, Owner.user(appId, userId), userId, name));
  }

  private Answer<Done> enabled(AppId appId) {
    DeployedApp app = catalog.find(appId);
    return app == null
        ? TokenCheck.deadRefresh()
        : Providers.enabled(app, "api-key").map(_ -> Done.DONE);
  }

  @Override
  public Future<List<ApiKey>> all(Session session) {
    return store.all(owner(session)).map(keys -> keys.stream().map(StoredApiKey::key).toList());
  }

  @Override
  public Future<Answer<ApiKey>> find(Session session, String id) {
    return own(session, id, key -> Future.succeededFuture(Answer.granted(key.key())));
  }

  @Override
  public Future<Answer<Done>> delete(Session session, String id) {
    return own(
        session,
        id,
        key ->
            sessions
                .isOpenedWith(session, id)
                .compose(
                    inUse ->
                        inUse
                            ? Answer.refusal(
                                Code.API_KEY_IN_USE,
                                "cannot delete the API key that this session was opened with")
                            : change(session, store.delete(id))));
  }

  @Override
  public Future<Answer<Done>> enable(Session session, String id) {
    return own(session, id, _ -> change(session, store.setDisabled(id, false)));
  }

  @Override
  public Future<Answer<Done>> disable(Session session, String id) {
    return own(session, id, _ -> change(session, store.setDisabled(id, true)));
  }

  private Future<Answer<Done>> change(Session session, Future<Boolean> stored) {
    return stored.map(
        _ -> {
          changes.changed(session.appId(), session.user().id());
          return Answer.done();
        });
  }

  private <T> Future<Answer<T>> own(
      Session session, String id, Function<StoredApiKey, Future<Answer<T>>> then) {
    return store
        .find(owner(session), id)
        .compose(
            found ->
                found
                    .map(then)
                    .orElseGet(() -> Answer.refusal(Code.API_KEY_NOT_FOUND, "API key not found")));
  }

  private static Owner owner(Session session) {
    return Owner.user(session.appId(), session.user().id());
  }
}
