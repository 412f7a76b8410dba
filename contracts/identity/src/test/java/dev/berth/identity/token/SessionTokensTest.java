package dev.berth.identity.token;

import static dev.berth.identity.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.AppId;
import dev.berth.identity.Jwt;
import dev.berth.identity.TestClock;
import dev.berth.identity.token.SessionTokens.Kind;
import dev.berth.identity.token.SessionTokens.Subject;
import dev.berth.identity.token.SessionTokens.Verified;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SessionTokensTest {

  private static final AppId SHOP = new AppId("shop-abcde");
  private static final AppId TILL = new AppId("till-abcde");
  private static final Subject ANN =
      new Subject(SHOP, "5f9f1b9b1c9d440000000001", "sess", "dev", 3);

  private final TestClock clock = new TestClock();
  private final InMemorySigningKeyStore store = new InMemorySigningKeyStore();
  private final SigningKeys keys = new SigningKeys(store, clock);
  private final SessionTokens tokens = new SessionTokens(keys, clock);

  @Test
  void anAccessTokenSaysWhoseItIsAndCarriesTheCustomData() {
    JsonObject data = new JsonObject().put("theme", "dark");

    String token = await(tokens.access(ANN, data, Duration.ofMinutes(30)));

    Verified verified = verify(SHOP, token, Kind.ACCESS).orElseThrow();
    assertThat(verified.subject()).isEqualTo(ANN);
    assertThat(verified.userData()).isEqualTo(data);
    assertThat(verified.expiresAt()).isEqualTo(clock.instant().plus(Duration.ofMinutes(30)));
  }

  @Test
  void accessTokensHaveTheClaimsThatClientsRead() {
    String token = await(tokens.access(ANN, new JsonObject(), Duration.ofMinutes(30)));

    long now = clock.instant().getEpochSecond();
    assertThat(Jwt.claims(token).getMap())
        .containsEntry("exp", (int) now + 1800)
        .containsEntry("iat", (int) now)
        .containsEntry("iss", "sess")
        .containsEntry("sub", ANN.userId())
        .containsEntry("typ", "access")
        .containsEntry("baas_device_id", "dev")
        .containsEntry("baas_domain_id", "shop-abcde")
        .containsEntry("stitch_devId", "dev")
        .containsEntry("stitch_domainId", "shop-abcde")
        .containsKey("user_data");
  }

  @Test
  void refreshTokensNameSessionAndIdentity() {
    JsonObject claims = Jwt.claims(refreshToken());

    assertThat(claims.getMap())
        .containsEntry("baas_id", "sess")
        .containsEntry("stitch_id", "sess")
        .containsEntry("typ", "refresh")
        .containsKey("baas_data");
    assertThat(claims.getJsonObject("baas_identity"))
        .isEqualTo(
            new JsonObject()
                .put("id", "idty")
                .put("provider_type", "local-userpass")
                .put("provider_id", "prov"));
  }

  @Test
  void neitherTokenIsTakenForTheOther() {
    String access = accessToken();
    String refresh = refreshToken();

    assertThat(verify(SHOP, access, Kind.REFRESH)).isEmpty();
    assertThat(verify(SHOP, refresh, Kind.ACCESS)).isEmpty();
    assertThat(verify(SHOP, refresh, Kind.REFRESH)).isPresent();
  }

  @Test
  void aTokenDiesWithTheSecondItExpiresIn() {
    String token = accessToken();

    clock.pass(Duration.ofMinutes(30).minusSeconds(1));
    assertThat(verify(SHOP, token, Kind.ACCESS)).isPresent();
    clock.pass(Duration.ofSeconds(1));
    assertThat(verify(SHOP, token, Kind.ACCESS)).isEmpty();
  }

  @Test
  void aKeyOfOneAppDoesNotSignForAnother() {
    accessToken();
    await(tokens.access(new Subject(TILL, "u", "s", "d", 0), null, Duration.ofMinutes(30)));
    JsonObject claims = Jwt.claims(accessToken()).put("baas_domain_id", TILL.value());
    String forged =
        Jwt.hmac(Jwt.header("HS256").put("kid", store.keyId(SHOP)), claims, store.secret(SHOP));

    assertThat(verify(TILL, forged, Kind.ACCESS)).isEmpty();
  }

  @Test
  void tokensOfAnOlderKeyStayValidAfterARotation() {
    String old = accessToken();

    await(keys.rotate(SHOP));

    String young = accessToken();
    assertThat(header(young).getString("kid")).isNotEqualTo(header(old).getString("kid"));
    assertThat(verify(SHOP, old, Kind.ACCESS)).isPresent();
    assertThat(verify(SHOP, young, Kind.ACCESS)).isPresent();
  }

  @Test
  void anotherGatewayAcceptsTheToken() {
    String token = accessToken();

    SessionTokens other = new SessionTokens(new SigningKeys(store, clock), clock);

    assertThat(await(other.verify(SHOP, read(token), Kind.ACCESS))).isPresent();
  }

  /// What can be wrong with a token that was right.
  @SuppressWarnings("ImmutableEnumChecker")
  enum Forgery {
    ALGORITHM_NONE(f -> f.signed(Jwt.header("none"))),
    ALGORITHM_MISSING(f -> f.signed(new JsonObject())),
    ALGORITHM_OF_ANOTHER_LENGTH(f -> f.signed(Jwt.header("HS512"))),
    ALGORITHM_IN_LOWER_CASE(f -> f.signed(Jwt.header("hs256"))),
    ALGORITHM_ASYMMETRIC(f -> f.signed(Jwt.header("RS256"))),
    CRITICAL_EXTENSION(f -> f.signed(Jwt.header("HS256").put("crit", "exp"))),
    KEY_UNKNOWN(f -> f.exactly(Jwt.header("HS256").put("kid", "nobody"), f.claims)),
    KEY_MISSING(f -> f.exactly(Jwt.header("HS256"), f.claims)),
    KEY_NO_TEXT(f -> f.exactly(Jwt.header("HS256").put("kid", 1), f.claims)),
    KEY_WRONG(
        f ->
            Jwt.hmac(
                Jwt.header("HS256").put("kid", f.keyId),
                f.claims,
                "another key of thirty-two bytes!".getBytes(StandardCharsets.UTF_8))),
    CLAIMS_CHANGED(f -> f.parts[0] + "." + Jwt.encode(f.other().encode()) + "." + f.parts[2]),
    SIGNATURE_OF_ANOTHER(f -> f.parts[0] + "." + f.parts[1] + "." + Jwt.encode("signature")),
    SIGNATURE_EMPTY(f -> f.parts[0] + "." + f.parts[1] + "."),
    SIGNATURE_MISSING(f -> f.parts[0] + "." + f.parts[1]),
    ONE_PART(f -> f.parts[1]),
    FOUR_PARTS(f -> f.token + ".x"),
    EMPTY(_ -> ""),
    DOTS_ONLY(_ -> ".."),
    NOT_BASE64(_ -> "a b.c!d.é"),
    PADDED(f -> f.token + "="),
    HEADER_NO_OBJECT(f -> Jwt.encode("null") + "." + f.parts[1] + "." + f.parts[2]),
    CLAIMS_NO_JSON(f -> f.parts[0] + "." + Jwt.encode("{") + "." + f.parts[2]),
    TYPE_MISSING(f -> f.without("typ")),
    TYPE_UNKNOWN(f -> f.with("typ", "both")),
    EXPIRY_MISSING(f -> f.without("exp")),
    EXPIRY_NO_NUMBER(f -> f.with("exp", "tomorrow")),
    EXPIRY_NEGATIVE(f -> f.with("exp", -1)),
    USER_MISSING(f -> f.without("sub")),
    USER_NO_TEXT(f -> f.with("sub", 5)),
    SESSION_MISSING(f -> f.without("iss")),
    GENERATION_MISSING(f -> f.without("session_generation"));

    private final Function<Forger, String> forge;

    Forgery(Function<Forger, String> forge) {
      this.forge = forge;
    }
  }

  /// A good token and what it takes to make bad ones of it.
  private static final class Forger {

    final String token;
    final String[] parts;
    final JsonObject claims;
    final String keyId;
    final byte[] secret;

    Forger(String token, String keyId, byte[] secret) {
      this.token = token;
      this.parts = token.split("\\.", -1);
      this.claims = Jwt.claims(token);
      this.keyId = keyId;
      this.secret = secret;
    }

    String signed(JsonObject header) {
      return exactly(header.put("kid", keyId), claims);
    }

    String exactly(JsonObject header, JsonObject claims) {
      return Jwt.hmac(header, claims, secret);
    }

    String with(String claim, Object value) {
      return exactly(Jwt.header("HS256").put("kid", keyId), claims.copy().put(claim, value));
    }

    String without(String claim) {
      JsonObject fewer = claims.copy();
      fewer.remove(claim);
      return exactly(Jwt.header("HS256").put("kid", keyId), fewer);
    }

    JsonObject other() {
      return claims.copy().put("sub", "5f9f1b9b1c9d440000000002");
    }
  }

  @ParameterizedTest
  @EnumSource(Forgery.class)
  void aTokenThatIsNotExactlyOursIsRefused(Forgery forgery) {
    Forger forger = new Forger(accessToken(), store.keyId(SHOP), store.secret(SHOP));
    assertThat(verify(SHOP, forger.with("sub", ANN.userId()), Kind.ACCESS))
        .as("the forger knows how to sign")
        .isPresent();

    assertThat(verify(SHOP, forgery.forge.apply(forger), Kind.ACCESS)).isEmpty();
  }

  @Test
  void anOversizedTokenIsRefusedUnread() {
    JsonObject data = new JsonObject().put("much", "x".repeat(SessionTokens.MOST_CHARACTERS));

    String token = await(tokens.access(ANN, data, Duration.ofMinutes(30)));

    assertThat(SessionTokens.read(token)).isEmpty();
  }

  private Optional<Verified> verify(AppId appId, String token, Kind kind) {
    return SessionTokens.read(token).flatMap(read -> await(tokens.verify(appId, read, kind)));
  }

  private String accessToken() {
    return await(tokens.access(ANN, null, Duration.ofMinutes(30)));
  }

  private String refreshToken() {
    return await(tokens.refresh(ANN, "idty", "local-userpass", "prov", Duration.ofDays(60)));
  }

  private static WebToken read(String token) {
    return SessionTokens.read(token).orElseThrow();
  }

  private static JsonObject header(String token) {
    return new JsonObject(Jwt.decode(token.split("\\.", -1)[0]));
  }
}
