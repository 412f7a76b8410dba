package dev.berth.identity.token;

import dev.berth.appmodel.AppId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Issues and verifies the access and refresh tokens of sessions.
///
/// A token says which app it is of, and only a key of that app makes it true.
public final class SessionTokens {

  /// Twice what a token with the largest custom data takes.
  static final int MOST_CHARACTERS = 65_536;

  private static final int LONGEST_KEY_ID = 64;

  private final SigningKeys keys;
  private final InstantSource clock;

  public SessionTokens(SigningKeys keys, InstantSource clock) {
    this.keys = keys;
    this.clock = clock;
  }

  /// Which of the two tokens of a session; one is never taken for the other.
  public enum Kind {
    ACCESS("access"),
    REFRESH("refresh");

    private final String claim;

    Kind(String claim) {
      this.claim = claim;
    }
  }

  /// What a token of either kind says.
  ///
  /// @param generation of the user's sessions; all older ones were revoked
  public record Subject(
      AppId appId, String userId, String sessionId, String deviceId, long generation) {}

  /// A token that is ours.
  ///
  /// @param userData the custom data as it was when the token was issued; empty in refresh tokens
  public record Verified(
      Subject subject, JsonObject userData, Instant issuedAt, Instant expiresAt) {}

  /// A new access token.
  ///
  /// @param userData as relaxed Extended JSON; left out when it is `null`
  public Future<String> access(Subject subject, @Nullable JsonObject userData, Duration life) {
    JsonObject claims = claims(subject, Kind.ACCESS, life).put("iss", subject.sessionId());
    if (userData != null) {
      claims.put("user_data", userData);
    }
    return sign(subject.appId(), claims);
  }

  /// A new refresh token.
  ///
  /// @param identityId of the identity that opened the session, as `providerType` knows it
  public Future<String> refresh(
      Subject subject, String identityId, String providerType, String providerId, Duration life) {
    JsonObject identity =
        new JsonObject()
            .put("id", identityId)
            .put("provider_type", providerType)
            .put("provider_id", providerId);
    JsonObject claims =
        claims(subject, Kind.REFRESH, life)
            .putNull("baas_data")
            .put("baas_id", subject.sessionId())
            .put("baas_identity", identity)
            .putNull("stitch_data")
            .put("stitch_id", subject.sessionId())
            .put("stitch_ident", identity);
    return sign(subject.appId(), claims);
  }

  private JsonObject claims(Subject subject, Kind kind, Duration life) {
    long now = clock.instant().getEpochSecond();
    return new JsonObject()
        .put("baas_device_id", subject.deviceId())
        .put("baas_domain_id", subject.appId().value())
        .put("exp", now + life.toSeconds())
        .put("iat", now)
        .put("session_generation", subject.generation())
        .put("stitch_devId", subject.deviceId())
        .put("stitch_domainId", subject.appId().value())
        .put("sub", subject.userId())
        .put("typ", kind.claim);
  }

  private Future<String> sign(AppId appId, JsonObject claims) {
    return keys.current(appId).map(key -> key.sign(claims));
  }

  /// The app that a token claims to be of, without any proof; empty when it names none.
  public static Optional<AppId> claimedApp(WebToken token) {
    String domain = token.text("baas_domain_id");
    return domain != null && AppId.isValid(domain)
        ? Optional.of(new AppId(domain))
        : Optional.empty();
  }

  /// Takes a token of a session apart.
  public static Optional<WebToken> read(String token) {
    return WebToken.read(token, MOST_CHARACTERS);
  }

  /// Verifies a token of a known app.
  ///
  /// @return empty when anything about it is wrong
  public Future<Optional<Verified>> verify(AppId appId, WebToken token, Kind kind) {
    return recognize(appId, token, kind)
        .map(found -> found.filter(verified -> verified.expiresAt().isAfter(clock.instant())));
  }

  /// Like [#verify], with no regard to whether the token has expired.
  public Future<Optional<Verified>> recognize(AppId appId, WebToken token, Kind kind) {
    String keyId = token.keyId();
    if (keyId == null || keyId.length() > LONGEST_KEY_ID) {
      return Future.succeededFuture(Optional.empty());
    }
    return keys.find(appId, keyId)
        .map(key -> key.filter(found -> found.signed(token)).flatMap(_ -> believed(token, kind)));
  }

  /// What a token says whose signature is right.
  private static Optional<Verified> believed(WebToken token, Kind kind) {
    String userId = token.text("sub");
    String sessionId = token.text(kind == Kind.ACCESS ? "iss" : "baas_id");
    String deviceId = token.text("baas_device_id");
    Number generation = token.number("session_generation");
    Number issue = token.number("iat");
    Number expiry = token.number("exp");
    Optional<AppId> appId = claimedApp(token);
    if (!kind.claim.equals(token.text("typ"))
        || userId == null
        || sessionId == null
        || deviceId == null
        || generation == null
        || issue == null
        || expiry == null
        || appId.isEmpty()) {
      return Optional.empty();
    }
    JsonObject userData =
        token.claims().getValue("user_data") instanceof JsonObject data ? data : new JsonObject();
    Subject subject = new Subject(appId.get(), userId, sessionId, deviceId, generation.longValue());
    return Optional.of(
        new Verified(
            subject,
            userData,
            Instant.ofEpochSecond(issue.longValue()),
            Instant.ofEpochSecond(expiry.longValue())));
  }
}
