package dev.berth.identity.account;

import dev.berth.appmodel.AppId;
import dev.berth.catalog.AppCatalog;
import dev.berth.catalog.DeployedApp;
import dev.berth.identity.Answer;
import dev.berth.identity.AppUser;
import dev.berth.identity.CustomUserDataSource;
import dev.berth.identity.Device;
import dev.berth.identity.Done;
import dev.berth.identity.IdentitySettings;
import dev.berth.identity.Ids;
import dev.berth.identity.LogIn;
import dev.berth.identity.Session;
import dev.berth.identity.UserIdentity;
import dev.berth.identity.provider.Proof;
import dev.berth.identity.provider.Providers;
import dev.berth.identity.store.SessionStore;
import dev.berth.identity.store.StoredSession;
import dev.berth.identity.store.StoredUser;
import dev.berth.identity.token.SessionTokens;
import dev.berth.identity.token.SessionTokens.Subject;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.bson.BsonDocument;

/// Opens, prolongs and ends sessions.
final class Sessions {

  private final SessionStore store;
  private final SessionTokens tokens;
  private final Users users;
  private final AppCatalog catalog;
  private final CustomUserDataSource customData;
  private final IdentitySettings settings;
  private final InstantSource clock;

  Sessions(
      SessionStore store,
      SessionTokens tokens,
      Users users,
      AppCatalog catalog,
      CustomUserDataSource customData,
      IdentitySettings settings,
      InstantSource clock) {
    this.store = store;
    this.tokens = tokens;
    this.users = users;
    this.catalog = catalog;
    this.customData = customData;
    this.settings = settings;
    this.clock = clock;
  }

  /// A new session of a user who has just proved to be that user.
  Future<LogIn> open(DeployedApp app, StoredUser user, Proof proof, Device device) {
    return device(app.id(), user, device)
        .compose(deviceId -> keep(app, user, proof, deviceId))
        .compose(session -> issue(app, user, session));
  }

  private Future<String> device(AppId appId, StoredUser user, Device device) {
    String userId = user.user().id();
    String id = device.deviceId() == null ? "" : device.deviceId();
    BsonDocument facts = DeviceFacts.kept(device.facts());
    Instant now = clock.instant();
    return store
        .seen(appId, userId, id, facts, now)
        .compose(
            known -> {
              if (known) {
                return Future.succeededFuture(id);
              }
              String newId = Ids.next();
              return store.addDevice(appId, userId, newId, facts, now).map(newId);
            });
  }

  private Future<StoredSession> keep(
      DeployedApp app, StoredUser user, Proof proof, String deviceId) {
    Instant now = clock.instant();
    String providerType =
        switch (proof) {
          case Proof.OfApiKey _ -> "api-key";
          case Proof.OfIdentity(UserIdentity identity, _, _) -> identity.providerType();
        };
    String identityId =
        switch (proof) {
          case Proof.OfApiKey(_, String keyId) -> keyId;
          case Proof.OfIdentity(UserIdentity identity, _, _) -> identity.id();
        };
    StoredSession session =
        new StoredSession(
            Ids.next(),
            app.id(),
            user.user().id(),
            providerType,
            identityId,
            deviceId,
            now,
            now.plus(life(app, user.user())));
    return store.open(session).map(session);
  }

  private Duration life(DeployedApp app, AppUser user) {
    if (Users.isAnonymous(user)) {
      return settings.anonymousTokenLife();
    }
    Duration own = app.terms().refreshTokenLife();
    return own == null ? settings.refreshTokenLife() : own;
  }

  private Future<LogIn> issue(DeployedApp app, StoredUser user, StoredSession session) {
    Subject subject = subject(user, session.id(), session.deviceId());
    Future<String> refresh =
        tokens.refresh(
            subject,
            session.identityId(),
            session.providerType(),
            Providers.id(app.id(), session.providerType()),
            Duration.between(session.createdAt(), session.expiresAt()));
    return customData
        .read(app, user.user().id())
        .compose(
            data ->
                refresh.compose(
                    refreshToken ->
                        access(subject, user, data)
                            .map(
                                accessToken ->
                                    new LogIn(
                                        user.user().withCustomData(data),
                                        accessToken,
                                        refreshToken,
                                        session.deviceId()))));
  }

  private Future<String> access(Subject subject, StoredUser user, BsonDocument customData) {
    return tokens.access(
        subject, TokenUserData.claim(user.user(), customData), settings.accessTokenLife());
  }

  private static Subject subject(StoredUser user, String sessionId, String deviceId) {
    return new Subject(
        user.user().appId(), user.user().id(), sessionId, deviceId, user.generation());
  }

  /// A new access token of a session whose refresh token was verified.
  Future<Answer<String>> refresh(Session session) {
    DeployedApp app = catalog.find(session.appId());
    if (app == null) {
      return Future.succeededFuture(TokenCheck.deadRefresh());
    }
    return users
        .find(session.appId(), session.user().id())
        .compose(found -> refresh(app, session, found.filter(user -> !user.user().disabled())));
  }

  private Future<Answer<String>> refresh(
      DeployedApp app, Session session, Optional<StoredUser> user) {
    if (user.isEmpty()) {
      return Future.succeededFuture(TokenCheck.deadRefresh());
    }
    Subject subject = subject(user.get(), session.sessionId(), session.deviceId());
    return customData
        .read(app, session.user().id())
        .compose(data -> access(subject, user.get(), data))
        .map(Answer::granted);
  }

  Future<Answer<Done>> close(Session session) {
    return store.close(session.sessionId()).map(_ -> Answer.done());
  }

  /// Whether a session was opened with that API key.
  Future<Boolean> isOpenedWith(Session session, String keyId) {
    return store
        .find(session.appId(), session.sessionId())
        .map(
            found ->
                found
                    .filter(stored -> stored.providerType().equals("api-key"))
                    .filter(stored -> stored.identityId().equals(keyId))
                    .isPresent());
  }
}
