package dev.berth.identity.provider;

import static dev.berth.identity.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.identity.Jwt;
import dev.berth.identity.TestClock;
import dev.berth.identity.token.WebToken;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.net.InetAddress;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeySetsTest {

  private static final KeyPair KEY = keyPair(2048);

  private final Vertx vertx = Vertx.vertx();
  private final TestClock clock = new TestClock();
  private final List<InetAddress> refused = new CopyOnWriteArrayList<>();
  private final KeySets keySets = new KeySets(vertx, clock, address -> !refused.contains(address));
  private final AtomicInteger reads = new AtomicInteger();
  private volatile int status = 200;
  private volatile String published = set(jwk("one", KEY)).encode();
  private HttpServer server;
  private String uri;

  @BeforeEach
  void serve() {
    server =
        await(
            vertx
                .createHttpServer()
                .requestHandler(
                    request -> {
                      reads.incrementAndGet();
                      request
                          .response()
                          .setStatusCode(status)
                          .putHeader("location", "/elsewhere")
                          .end(published);
                    })
                .listen(0, "127.0.0.1"));
    uri = "http://127.0.0.1:" + server.actualPort() + "/keys";
  }

  @AfterEach
  void close() {
    await(server.close());
    await(vertx.close());
  }

  @Test
  void aPublishedKeyVerifiesWhatItsOwnerSigned() {
    VerifyingKey key = find("one").orElseThrow();

    assertThat(key.signed(token("RS256"))).isTrue();
    assertThat(key.signed(token("HS256"))).isFalse();
  }

  @Test
  void aSetIsReadOnceForManyTokens() {
    for (int i = 0; i < 10; i++) {
      assertThat(find("one")).isPresent();
    }

    assertThat(reads).hasValue(1);
  }

  @Test
  void anUnknownKeyIsLookedForOnceInHalfAMinuteAtMost() {
    assertThat(find("one")).isPresent();
    for (int i = 0; i < 10; i++) {
      assertThat(find("two")).isEmpty();
    }
    assertThat(reads).hasValue(1);

    published = set(jwk("one", KEY), jwk("two", KEY)).encode();
    clock.pass(Duration.ofSeconds(30));

    assertThat(find("two")).isPresent();
    assertThat(reads).hasValue(2);
  }

  @Test
  void aKeyThatIsPublishedNoMoreCountsForAnHourAtMost() {
    assertThat(find("one")).isPresent();
    published = set(jwk("two", KEY)).encode();

    clock.pass(Duration.ofHours(1));

    assertThat(find("one")).isEmpty();
  }

  @Test
  void theLastSetCountsForADayWhenItCannotBeReadAgain() {
    assertThat(find("one")).isPresent();
    status = 500;

    clock.pass(Duration.ofHours(23));
    assertThat(find("one")).isPresent();
    clock.pass(Duration.ofHours(1));
    assertThat(find("one")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | ''",
        "200 | null",
        "200 | []",
        "200 | {\"keys\": {}}",
        "200 | {\"keys\": [",
        "302 | {\"keys\": []}",
        "404 | {\"keys\": []}"
      })
  void anAnswerThatIsNoKeySetHoldsNoKeys(int status, String body) {
    this.status = status;
    this.published = body;

    assertThat(find("one")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost"})
  void noKeysComeFromAnAddressThatMayNotBeReached(String host) {
    refused.addAll(List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1")));
    uri = "http://%s:%d/keys".formatted(host, server.actualPort());

    assertThat(find("one")).isEmpty();
    assertThat(reads).hasValue(0);
  }

  @Test
  void aSetThatIsTooLargeIsNotRead() {
    published = set(jwk("one", KEY)).put("more", "x".repeat(600_000)).encode();

    assertThat(find("one")).isEmpty();
  }

  @Test
  void keysThatAreNotForSignaturesWithRs256AreLeftOut() {
    published =
        set(
                jwk("encryption", KEY).put("use", "enc"),
                jwk("other", KEY).put("alg", "RS512"),
                jwk("curve", KEY).put("kty", "EC"),
                jwk("symmetric", KEY).put("kty", "oct"),
                jwk("short", keyPair(1024)),
                jwk("one", KEY).put("alg", "RS256").put("use", "sig"))
            .encode();

    assertThat(find("one")).isPresent();
    for (String id : new String[] {"encryption", "other", "curve", "symmetric", "short"}) {
      assertThat(find(id)).as(id).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "https://example.com/keys, true",
    "http://localhost:8080/keys, true",
    "http://127.0.0.1/keys, true",
    "http://[::1]/keys, true",
    "http://example.com/keys, false",
    "http://localhost.example.com/keys, false",
    "http://127.0.0.1@example.com/keys, false",
    "https://user@example.com/keys, false",
    "file:///etc/passwd, false",
    "ftp://localhost/keys, false",
    "keys, false",
    "'', false",
    "'https://exa mple.com', false"
  })
  void keysComeOverTlsOrFromThisMachine(String uri, boolean allowed) {
    assertThat(KeySetReader.isAllowed(uri)).isEqualTo(allowed);
  }

  private Optional<VerifyingKey> find(String id) {
    return await(keySets.find(uri, id));
  }

  private static WebToken token(String algorithm) {
    String text =
        Jwt.rsa(Jwt.header(algorithm), new JsonObject().put("sub", "ann"), KEY.getPrivate());
    return WebToken.read(text, 10_000).orElseThrow();
  }

  private static JsonObject set(JsonObject... keys) {
    return new JsonObject().put("keys", new JsonArray(List.of((Object[]) keys)));
  }

  private static JsonObject jwk(String id, KeyPair pair) {
    RSAPublicKey key = (RSAPublicKey) pair.getPublic();
    return new JsonObject()
        .put("kty", "RSA")
        .put("kid", id)
        .put("n", text(key.getModulus()))
        .put("e", text(key.getPublicExponent()));
  }

  private static String text(BigInteger number) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(number.toByteArray());
  }

  private static KeyPair keyPair(int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
