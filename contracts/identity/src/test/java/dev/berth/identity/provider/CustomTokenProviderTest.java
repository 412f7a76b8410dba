package dev.berth.identity.provider;

import static dev.berth.identity.Waiting.await;
import static dev.berth.identity.Waiting.denied;
import static dev.berth.identity.Waiting.granted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.AuthProvider;
import dev.berth.appmodel.AuthProvider.CustomToken;
import dev.berth.appmodel.AuthProvider.MetadataField;
import dev.berth.appmodel.AuthProvider.SigningAlgorithm;
import dev.berth.appmodel.Secrets;
import dev.berth.catalog.DeployedApp;
import dev.berth.identity.Answer;
import dev.berth.identity.Denial;
import dev.berth.identity.Denial.Code;
import dev.berth.identity.Jwt;
import dev.berth.identity.TestApps;
import dev.berth.identity.TestClock;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.bson.BsonDocument;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CustomTokenProviderTest {

  private static final String SECRET = "a-secret-of-at-least-thirty-two-characters";
  private static final KeyPair RSA = keyPair();

  private final Vertx vertx = Vertx.vertx();
  private final TestClock clock = new TestClock();
  private final CustomTokenProvider provider =
      new CustomTokenProvider(new KeySets(vertx, clock, _ -> true), clock);

  @AfterEach
  void close() {
    await(vertx.close());
  }

  @Test
  void aTokenSignedWithASecretShowsItsSubject() {
    Proof.OfIdentity proof = verify(hs256(), Jwt.hmac(Jwt.header("HS256"), claims(), key()));

    assertThat(proof.identity().id()).isEqualTo("ann");
    assertThat(proof.identity().providerType()).isEqualTo("custom-token");
    assertThat(proof.until()).isEqualTo(clock.instant().plusSeconds(600));
  }

  @Test
  void aTokenSignedWithAPrivateKeyShowsItsSubject() {
    Proof.OfIdentity proof =
        verify(rs256(pem()), Jwt.rsa(Jwt.header("RS256"), claims(), RSA.getPrivate()));

    assertThat(proof.identity().id()).isEqualTo("ann");
  }

  @Test
  void aPublicKeyInOneLineIsUnderstood() {
    verify(
        rs256(pem().replace("\n", "\\n")),
        Jwt.rsa(Jwt.header("RS256"), claims(), RSA.getPrivate()));
  }

  /// Tokens that must not pass, with what is said about them.
  @SuppressWarnings("ImmutableEnumChecker")
  enum Bad {
    UNSIGNED("invalid token", _ -> Jwt.content(Jwt.header("none"), claims()) + "."),
    UNSIGNED_IN_TWO_PARTS("invalid token", _ -> Jwt.content(Jwt.header("none"), claims())),
    ALGORITHM_NONE("invalid token", _ -> Jwt.hmac(Jwt.header("none"), claims(), key())),
    ALGORITHM_OTHER("invalid token", _ -> Jwt.hmac(Jwt.header("HS512"), claims(), key())),
    ALGORITHM_ASYMMETRIC(
        "invalid token", _ -> Jwt.rsa(Jwt.header("RS256"), claims(), RSA.getPrivate())),
    KEY_WRONG(
        "invalid token",
        _ ->
            Jwt.hmac(
                Jwt.header("HS256"), claims(), "wrong".repeat(9).getBytes(StandardCharsets.UTF_8))),
    NO_TOKEN("invalid token", _ -> "no token"),
    EMPTY("invalid token", _ -> ""),
    EXPIRED("the token is expired", t -> signed(claims().put("exp", t.now()))),
    EXPIRY_MISSING("the token has no 'exp'", _ -> signed(without("exp"))),
    EXPIRY_NO_NUMBER("the token has no 'exp'", _ -> signed(claims().put("exp", "never"))),
    SUBJECT_MISSING("the token has no usable 'sub'", _ -> signed(without("sub"))),
    SUBJECT_BLANK("the token has no usable 'sub'", _ -> signed(claims().put("sub", " "))),
    SUBJECT_NO_TEXT("the token has no usable 'sub'", _ -> signed(claims().put("sub", 7))),
    AUDIENCE_MISSING("the token is for another audience", _ -> signed(without("aud"))),
    AUDIENCE_OTHER(
        "the token is for another audience", _ -> signed(claims().put("aud", "till-abcde"))),
    NOT_YET("the token is not valid yet", t -> signed(claims().put("nbf", t.now() + 600))),
    ISSUED_LATER("the token is not valid yet", t -> signed(claims().put("iat", t.now() + 600))),
    NOT_BEFORE_NO_NUMBER(
        "the token is not valid yet", _ -> signed(claims().put("nbf", "tomorrow")));

    private final String message;
    private final Function<CustomTokenProviderTest, String> token;

    Bad(String message, Function<CustomTokenProviderTest, String> token) {
      this.message = message;
      this.token = token;
    }
  }

  @ParameterizedTest
  @EnumSource(Bad.class)
  void aTokenThatIsNotRightInEveryRespectIsRefused(Bad bad) {
    Denial denial = refused(hs256(), bad.token.apply(this));

    assertThat(denial).isEqualTo(new Denial(Code.AUTH_ERROR, bad.message));
  }

  @Test
  void thePublicKeyIsNoSharedSecret() {
    String confused =
        Jwt.hmac(Jwt.header("HS256"), claims(), pem().getBytes(StandardCharsets.UTF_8));

    assertThat(refused(rs256(pem()), confused).message()).isEqualTo("invalid token");
  }

  @Test
  void aSecretThatIsTooShortForAKeySignsNothing() {
    CustomToken settings =
        new CustomToken(List.of(), false, SigningAlgorithm.HS256, null, List.of("short"));
    DeployedApp app =
        TestApps.app(
            "shop-abcde", Secrets.of(Map.of("short", "short")), TestApps.enabled(settings));

    assertThat(
            refused(
                app,
                Jwt.hmac(Jwt.header("HS256"), claims(), "short".getBytes(StandardCharsets.UTF_8))))
        .extracting(Denial::message)
        .isEqualTo("invalid token");
  }

  @ParameterizedTest
  @CsvSource({
    "'one', false, 'one', true",
    "'one', false, 'two', false",
    "'one;two', false, 'one', false",
    "'one;two', false, 'one;two', true",
    "'one;two', false, 'one;two;three', true",
    "'one;two', true, 'two', true",
    "'one;two', true, 'three', false",
    "'one,two', false, 'one;two', true",
    "'one', true, 'shop-abcde', false"
  })
  void audiencesAreAllNeededUnlessOneIsEnough(
      String wanted, boolean any, String audience, boolean passes) {
    CustomToken settings =
        new CustomToken(
            List.of(wanted.split(";", -1)), any, SigningAlgorithm.HS256, null, List.of("key"));
    DeployedApp app = hs256(TestApps.enabled(settings));
    String token = signed(claims().put("aud", new JsonArray(List.of(audience.split(";", -1)))));

    assertThat(await(provider.verify(app, providerOf(app), token)))
        .isInstanceOf(passes ? Answer.Granted.class : Answer.Denied.class);
  }

  @Test
  void metadataIsCopiedFromWherePathsLead() {
    JsonObject claims =
        claims()
            .put("name", "Ann")
            .put("profile", new JsonObject().put("age", 40).put("e.mail", "ann@example.com"))
            .put("tags", new JsonArray().add("a").add(true));
    DeployedApp app =
        hs256(
            TestApps.enabled(
                settings(),
                new MetadataField(true, "name", null),
                new MetadataField(true, "profile.age", "years"),
                new MetadataField(true, "profile.e\\.mail", null),
                new MetadataField(false, "tags", null),
                new MetadataField(false, "profile.shoe.size", null)));

    Proof.OfIdentity proof = verify(app, signed(claims));

    assertThat(proof.identity().data())
        .isEqualTo(
            BsonDocument.parse(
                "{name: 'Ann', years: 40, 'e.mail': 'ann@example.com', tags: ['a', true]}"));
  }

  @Test
  void aRequiredFieldThatIsMissingRefusesTheLogin() {
    DeployedApp app = hs256(TestApps.enabled(settings(), new MetadataField(true, "name", null)));

    assertThat(refused(app, signed(claims())).message())
        .isEqualTo("the token lacks the required field 'name'");
  }

  @Test
  void aFieldThatIsTooLargeOrMeansATypeRefusesTheLogin() {
    DeployedApp app = hs256(TestApps.enabled(settings(), new MetadataField(false, "name", null)));

    assertThat(refused(app, signed(claims().put("name", "x".repeat(5000)))).message())
        .isEqualTo("the field 'name' of the token is too large");
    assertThat(refused(app, signed(claims().put("name", new JsonObject().put("$oid", "x")))).code())
        .isEqualTo(Code.AUTH_ERROR);
  }

  @Test
  void theClockOfTheOtherSystemMayBeALittleAhead() {
    verify(hs256(), signed(claims().put("iat", now() + 30).put("nbf", now() + 30)));
  }

  long now() {
    return clock.instant().getEpochSecond();
  }

  private static JsonObject claims() {
    long now = new TestClock().instant().getEpochSecond();
    return new JsonObject().put("sub", "ann").put("aud", "shop-abcde").put("exp", now + 600);
  }

  private static JsonObject without(String claim) {
    JsonObject claims = claims();
    claims.remove(claim);
    return claims;
  }

  private static String signed(JsonObject claims) {
    return Jwt.hmac(Jwt.header("HS256"), claims, key());
  }

  private static byte[] key() {
    return SECRET.getBytes(StandardCharsets.UTF_8);
  }

  private static CustomToken settings() {
    return new CustomToken(List.of(), false, SigningAlgorithm.HS256, null, List.of("key"));
  }

  private static DeployedApp hs256() {
    return hs256(TestApps.enabled(settings()));
  }

  private static DeployedApp hs256(AuthProvider provider) {
    return TestApps.app("shop-abcde", Secrets.of(Map.of("key", SECRET)), provider);
  }

  private static DeployedApp rs256(String pem) {
    return TestApps.app(
        "shop-abcde",
        Secrets.of(Map.of("key", pem)),
        TestApps.enabled(
            new CustomToken(List.of(), false, SigningAlgorithm.RS256, null, List.of("key"))));
  }

  private Proof.OfIdentity verify(DeployedApp app, String token) {
    return (Proof.OfIdentity) granted(provider.verify(app, providerOf(app), token));
  }

  private Denial refused(DeployedApp app, String token) {
    return denied(provider.verify(app, providerOf(app), token));
  }

  private static AuthProvider providerOf(DeployedApp app) {
    return app.definition().authProviders().values().iterator().next();
  }

  private static String pem() {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(RSA.getPublic().getEncoded())
        + "\n-----END PUBLIC KEY-----\n";
  }

  private static KeyPair keyPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
