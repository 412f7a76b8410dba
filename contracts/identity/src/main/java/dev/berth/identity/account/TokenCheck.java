package dev.berth.identity.account;

import dev.berth.appmodel.AppId;
import dev.berth.catalog.AppCatalog;
import dev.berth.identity.AccessTokenState;
import dev.berth.identity.Answer;
import dev.berth.identity.Denial.Code;
import dev.berth.identity.Session;
import dev.berth.identity.cache.BriefMemory;
import dev.berth.identity.cache.BriefMemory.Kept;
import dev.berth.identity.store.SessionStore;
import dev.berth.identity.store.StoredUser;
import dev.berth.identity.token.SessionTokens;
import dev.berth.identity.token.SessionTokens.Kind;
import dev.berth.identity.token.SessionTokens.Subject;
import dev.berth.identity.token.SessionTokens.Verified;
import dev.berth.identity.token.WebToken;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BiFunction;
import org.bson.BsonDocument;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds the session that a token speaks for. Why a token is refused is not told.
final class TokenCheck {

  private static final Logger log = LoggerFactory.getLogger(TokenCheck.class);

  private static final int LONGEST_REMEMBERED = 65_536;

  private final SessionTokens tokens;
  private final SessionStore sessions;
  private final Users users;
  private final AppCatalog catalog;
  private final BriefMemory<Session> memory;
  private final InstantSource clock;

  TokenCheck(
      SessionTokens tokens,
      SessionStore sessions,
      Users users,
      AppCatalog catalog,
      BriefMemory<Session> memory,
      InstantSource clock) {
    this.tokens = tokens;
    this.sessions = sessions;
    this.users = users;
    this.catalog = catalog;
    this.memory = memory;
    this.clock = clock;
  }

  static <T> Answer<T> deadAccess() {
    return Answer.denied(Code.INVALID_SESSION, "invalid session");
  }

  /// Clients compare this text when they log out.
  static <T> Answer<T> deadRefresh() {
    return Answer.denied(Code.INVALID_SESSION, "invalid session: failed to find refresh token");
  }

  Future<Answer<Session>> access(String token) {
    if (token.length() > LONGEST_REMEMBERED) {
      return Future.succeededFuture(deadAccess());
    }
    var place = memory.at(token);
    Session remembered = place.recall();
    return remembered != null
        ? Future.succeededFuture(Answer.granted(remembered))
        : place.learn(() -> findByAccess(token));
  }

  private Future<Answer<Kept<Session>>> findByAccess(String token) {
    return verified(token, Kind.ACCESS, TokenCheck::kept)
        .map(found -> found.map(Answer::granted).orElseGet(TokenCheck::deadAccess));
  }

  private static Kept<Session> kept(Verified verified, StoredUser user) {
    Subject subject = verified.subject();
    return new Kept<>(
        withData(verified, user), subject.appId(), subject.userId(), verified.expiresAt());
  }

  /// With the custom data as it was when the token was issued.
  private static Session withData(Verified verified, StoredUser user) {
    BsonDocument customData = TokenUserData.read(verified.userData());
    Subject subject = verified.subject();
    return new Session(
        subject.appId(),
        user.user().withCustomData(customData),
        subject.sessionId(),
        subject.deviceId());
  }

  /// What an access token is worth to an app.
  Future<AccessTokenState> examine(AppId appId, String token) {
    Optional<WebToken> read =
        SessionTokens.read(token)
            .filter(found -> SessionTokens.claimedApp(found).filter(appId::equals).isPresent());
    if (read.isEmpty()) {
      return Future.succeededFuture(new AccessTokenState.Dead());
    }
    return tokens
        .recognize(appId, read.get(), Kind.ACCESS)
        .compose(
            found ->
                found
                    .map(this::state)
                    .orElseGet(() -> Future.succeededFuture(new AccessTokenState.Dead())));
  }

  private Future<AccessTokenState> state(Verified verified) {
    if (!verified.expiresAt().isAfter(clock.instant())) {
      return Future.succeededFuture(new AccessTokenState.Expired());
    }
    return user(verified)
        .map(
            user ->
                user.isEmpty()
                    ? new AccessTokenState.Dead()
                    : new AccessTokenState.Alive(
                        withData(verified, user.get()), verified.issuedAt(), verified.expiresAt()));
  }

  Future<Answer<Session>> refresh(String token) {
    return verified(token, Kind.REFRESH, TokenCheck::session)
        .compose(
            found ->
                found.map(this::stillOpen).orElseGet(() -> Future.succeededFuture(deadRefresh())));
  }

  private static Session session(Verified verified, StoredUser user) {
    Subject subject = verified.subject();
    return new Session(subject.appId(), user.user(), subject.sessionId(), subject.deviceId());
  }

  private Future<Answer<Session>> stillOpen(Session session) {
    return sessions
        .find(session.appId(), session.sessionId())
        .map(
            found ->
                found
                    .filter(stored -> stored.userId().equals(session.user().id()))
                    .map(_ -> Answer.granted(session))
                    .orElseGet(TokenCheck::deadRefresh));
  }

  /// What a token says, when it is ours and its user may still use it.
  private <T> Future<Optional<T>> verified(
      String token, Kind kind, BiFunction<Verified, StoredUser, T> then) {
    Optional<WebToken> read = SessionTokens.read(token);
    Optional<AppId> appId = read.flatMap(SessionTokens::claimedApp);
    if (read.isEmpty() || appId.isEmpty()) {
      return Future.succeededFuture(refused(kind, "it is no token of a session"));
    }
    if (catalog.find(appId.get()) == null) {
      return Future.succeededFuture(refused(kind, "its app is not served"));
    }
    return tokens
        .verify(appId.get(), read.get(), kind)
        .compose(
            verified ->
                verified.isEmpty()
                    ? Future.succeededFuture(refused(kind, "its signature, type or age is wrong"))
                    : user(verified.get())
                        .map(
                            user ->
                                user.isEmpty()
                                    ? refused(kind, "its user is gone, disabled or signed out")
                                    : Optional.of(then.apply(verified.get(), user.get()))));
  }

  /// Tells the log, and nobody else, why.
  private static <T> Optional<T> refused(Kind kind, String reason) {
    log.atDebug()
        .addKeyValue("kind", kind)
        .addKeyValue("reason", reason)
        .log("a token was refused");
    return Optional.empty();
  }

  private Future<Optional<StoredUser>> user(Verified verified) {
    Subject subject = verified.subject();
    return users
        .find(subject.appId(), subject.userId())
        .map(
            found ->
                found
                    .filter(user -> !user.user().disabled())
                    .filter(user -> user.generation() == subject.generation()));
  }
}
