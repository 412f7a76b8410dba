package dev.berth.controlplane.session;

import static dev.berth.controlplane.store.DocumentCollection.byId;
import static dev.berth.controlplane.store.DocumentCollection.date;

import dev.berth.controlplane.refusal.Refusal;
import dev.berth.controlplane.secret.Vault;
import dev.berth.controlplane.secret.Vault.Sealed;
import dev.berth.controlplane.store.ControlPlaneDatabase;
import dev.berth.controlplane.store.DocumentCollection;
import dev.berth.controlplane.tenant.Administrator;
import dev.berth.controlplane.tenant.Administrators;
import dev.berth.identity.Ids;
import dev.berth.identity.token.SigningKey;
import dev.berth.identity.token.WebToken;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;

/// Opens, verifies and ends the sessions of administrators. A token that is not exactly ours, or
/// whose session or administrator is gone, is refused. Blocks.
public final class AdminSessions {

  private static final String KEY = "admin-signing-key";
  private static final int KEY_BYTES = 32;
  private static final int MOST_CHARACTERS = 4096;

  private final DocumentCollection sessions;
  private final Administrators administrators;
  private final SigningKey key;
  private final SessionLife life;
  private final InstantSource clock;

  private AdminSessions(
      DocumentCollection sessions,
      Administrators administrators,
      SigningKey key,
      SessionLife life,
      InstantSource clock) {
    this.sessions = sessions;
    this.administrators = administrators;
    this.key = key;
    this.life = life;
    this.clock = clock;
  }

  public static AdminSessions in(
      ControlPlaneDatabase database,
      Administrators administrators,
      Vault vault,
      SessionLife life,
      InstantSource clock) {
    DocumentCollection sessions = database.collection("admin_sessions");
    sessions.index("administratorId");
    return new AdminSessions(sessions, administrators, signingKey(database, vault), life, clock);
  }

  /// The one key of the installation; whoever comes first makes it.
  private static SigningKey signingKey(ControlPlaneDatabase database, Vault vault) {
    DocumentCollection settings = database.collection("settings");
    String secret = Base64.getEncoder().encodeToString(Ids.randomBytes(KEY_BYTES));
    settings.insert(
        byId(KEY).put("id", Ids.next()).put("sealed", vault.seal(secret, KEY).document()));
    JsonObject kept = settings.find(byId(KEY)).orElseThrow();
    String opened = vault.open(Sealed.of(kept.getJsonObject("sealed")), KEY);
    return new SigningKey(kept.getString("id"), 1, Base64.getDecoder().decode(opened));
  }

  /// Seals the key, and what tells whose the database is, with the current master key. Comes
  /// last:
  /// until then the keys before are needed, too.
  ///
  /// @return how many were sealed with another one
  public static int rotate(ControlPlaneDatabase database, Vault vault) {
    return vault.reseal(
        database.collection("settings"), "sealed", document -> document.getString("_id"));
  }

  private enum Use {
    ACCESS,
    REFRESH
  }

  /// Opens a session for somebody who has just proved to be that administrator.
  public Tokens open(Administrator administrator) {
    AdminSession session = new AdminSession(Ids.next(), administrator);
    Instant now = clock.instant();
    Instant end = now.plus(life.refresh());
    sessions.insert(
        byId(session.id())
            .put("administratorId", administrator.id())
            .put("createdAt", date(now))
            .put("expiresAt", date(end)));
    return new Tokens(
        sign(session, Use.ACCESS, life.access()),
        sign(session, Use.REFRESH, life.refresh()),
        session);
  }

  /// The session that an access token speaks for.
  public AdminSession verifyAccess(String token) {
    return verify(token, Use.ACCESS, "access token expired");
  }

  /// The session that a refresh token speaks for.
  public AdminSession verifyRefresh(String token) {
    return verify(token, Use.REFRESH, "failed to find refresh token");
  }

  /// A new access token of a session.
  public String refresh(AdminSession session) {
    return sign(session, Use.ACCESS, life.access());
  }

  /// Ends a session with every token of it.
  public void close(AdminSession session) {
    sessions.remove(byId(session.id()));
  }

  /// Removes sessions that have run out.
  public void removeExpired() {
    sessions.removeAll(
        new JsonObject().put("expiresAt", new JsonObject().put("$lt", date(clock.instant()))));
  }

  private String sign(AdminSession session, Use use, Duration life) {
    long now = clock.instant().getEpochSecond();
    return key.sign(
        new JsonObject()
            .put("iss", "berth")
            .put("sub", session.administrator().id())
            .put("sid", session.id())
            .put("jti", Ids.next())
            .put("typ", use.name())
            .put("iat", now)
            .put("exp", now + life.toSeconds()));
  }

  private AdminSession verify(String text, Use use, String dead) {
    WebToken token =
        WebToken.read(text, MOST_CHARACTERS)
            .orElseThrow(
                () ->
                    Refusal.of(
                        Refusal.Kind.UNAUTHENTICATED,
                        null,
                        "invalid session: valid Issuer required"));
    Number expiry = token.number("exp");
    String id = token.text("sid");
    String subject = token.text("sub");
    Refusal refusal = Refusal.invalidSession("invalid session: " + dead);
    if (!key.signed(token)
        || !use.name().equals(token.text("typ"))
        || expiry == null
        || expiry.longValue() <= clock.instant().getEpochSecond()
        || id == null
        || subject == null) {
      throw refusal;
    }
    return sessions
        .find(byId(id).put("administratorId", subject))
        .flatMap(_ -> administrators.find(subject))
        .map(administrator -> new AdminSession(id, administrator))
        .orElseThrow(() -> refusal);
  }
}
