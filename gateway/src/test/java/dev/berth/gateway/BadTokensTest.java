package dev.berth.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.AppId;
import dev.berth.appmodel.RunAs;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Tokens that are not, or no longer, what they claim to be.
class BadTokensTest extends UsersTestBase {

  private static final String DOOR = "/app/" + APP + "/endpoint/door";
  private static final String PROFILE = CLIENT + "/auth/profile";
  private static final String SESSION = CLIENT + "/auth/session";
  private static final String KEYS = CLIENT + "/auth/api_keys";

  @BeforeEach
  void deployShop() {
    deploy(shop(APP, false, new RunAs.Caller()));
  }

  private void assertDead(String accessToken) {
    HttpResponse<String> endpoint = ask("GET", DOOR, accessToken);
    HttpResponse<String> profile = ask("GET", PROFILE, accessToken);

    assertThat(endpoint.statusCode()).isEqualTo(401);
    assertThat(errorCode(endpoint)).isEqualTo("InvalidSession");
    assertThat(profile.statusCode()).isEqualTo(401);
    assertThat(errorCode(profile)).isEqualTo("InvalidSession");
    assertThat(header(profile, "Content-Type")).isEqualTo("application/json");
    assertThat(invoker.calls()).isEmpty();
  }

  @Test
  void aForgedTokenIsNoToken() {
    Tokens bob = signUp(APP, EMAIL);
    JsonObject header = part(bob.access(), 0);
    JsonObject claims = part(bob.access(), 1);
    String body = bob.access().substring(0, bob.access().lastIndexOf('.'));
    Map<String, String> forged = new LinkedHashMap<>();
    forged.put("not a token", "abc");
    forged.put("unsigned", body);
    forged.put("empty signature", body + ".");
    forged.put("truncated", bob.access().substring(0, bob.access().length() - 4));
    forged.put("longer", bob.access() + "AAAA");
    forged.put("four parts", bob.access() + ".x");
    forged.put("alg none", unsigned(header.copy().put("alg", "none"), claims) + ".");
    forged.put("alg None, signed", signed(header.copy().put("alg", "None"), claims, KEY));
    forged.put("another key", signed(header, claims, KEY));
    forged.put("without a key id", signed(JsonObject.of("alg", "HS256"), claims, KEY));
    forged.put("another algorithm", replaced(bob.access(), header.copy().put("alg", "HS512")));
    forged.put("RS256 by name", replaced(bob.access(), header.copy().put("alg", "RS256")));
    forged.put(
        "a later end",
        unsigned(header, claims.copy().put("exp", claims.getLong("exp") + 9_000_000))
            + bob.access().substring(bob.access().lastIndexOf('.')));
    forged.put("a refresh token", bob.refresh());
    forged.put(
        "a refresh token that says access",
        unsigned(part(bob.refresh(), 0), part(bob.refresh(), 1).put("typ", "access"))
            + bob.refresh().substring(bob.refresh().lastIndexOf('.')));
    forged.put("a token of another system", externalToken(APP, "bob"));

    forged.forEach(
        (how, token) -> {
          HttpResponse<String> answer = ask("GET", DOOR, token);
          assertThat(answer.statusCode()).as(how).isEqualTo(401);
          assertThat(errorCode(answer)).as(how).isEqualTo("InvalidSession");
          assertThat(errorCode(ask("GET", PROFILE, token))).as(how).isEqualTo("InvalidSession");
        });
    assertThat(invoker.calls()).isEmpty();
  }

  private static String unsigned(JsonObject header, JsonObject claims) {
    Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
    return encoder.encodeToString(header.toBuffer().getBytes())
        + "."
        + encoder.encodeToString(claims.toBuffer().getBytes());
  }

  private static String replaced(String token, JsonObject header) {
    return unsigned(header, part(token, 1)) + token.substring(token.lastIndexOf('.'));
  }

  @Test
  void anAccessTokenEndsWithItsTimeAndTheRefreshTokenGetsANewOne() {
    Tokens bob = signUp(APP, EMAIL);
    assertThat(ask("GET", DOOR, bob.access()).statusCode()).isEqualTo(204);
    invoker.forget();

    pass(Duration.ofMinutes(31));

    assertDead(bob.access());
    HttpResponse<String> refreshed = ask("POST", SESSION, bob.refresh());
    assertThat(refreshed.statusCode()).isEqualTo(201);
    String access = new JsonObject(refreshed.body()).getString("access_token");
    assertThat(ask("GET", PROFILE, access).statusCode()).isEqualTo(200);
  }

  @Test
  void aRefreshTokenEndsWithItsTime() {
    Tokens bob = signUp(APP, EMAIL);

    pass(Duration.ofDays(61));

    assertDeadRefresh(bob.refresh());
  }

  private void assertDeadRefresh(String token) {
    Stream.of(ask("POST", SESSION, token), ask("DELETE", SESSION, token), ask("GET", KEYS, token))
        .forEach(
            answer -> {
              assertThat(answer.statusCode()).isEqualTo(401);
              JsonObject body = new JsonObject(answer.body());
              assertThat(body.getString("error"))
                  .isEqualTo("invalid session: failed to find refresh token");
              assertThat(body.getString("error_code")).isEqualTo("InvalidSession");
            });
  }

  @Test
  void anAccessTokenIsNoRefreshToken() {
    assertDeadRefresh(signUp(APP, EMAIL).access());
  }

  @Test
  void aSessionThatWasEndedIsNotRefreshed() {
    Tokens bob = signUp(APP, EMAIL);

    assertThat(ask("DELETE", SESSION, bob.refresh()).statusCode()).isEqualTo(204);

    assertDeadRefresh(bob.refresh());
  }

  @Test
  void aDisabledUserIsRefusedAtOnceAndEverywhere() {
    Tokens bob = signUp(APP, EMAIL);
    assertThat(ask("GET", PROFILE, bob.access()).statusCode()).isEqualTo(200);

    granted(identity.administration().disable(new AppId(APP), bob.userId()));

    assertDead(bob.access());
    assertDeadRefresh(bob.refresh());
    HttpResponse<String> login =
        post(
            CLIENT + "/app/" + APP + "/auth/providers/local-userpass/login",
            JsonObject.of("username", EMAIL, "password", PASSWORD),
            null);
    assertThat(login.statusCode()).isEqualTo(401);
    assertThat(errorCode(login)).isEqualTo("UserDisabled");
  }

  @Test
  void aDeletedUserIsRefusedEverywhere() {
    Tokens bob = signUp(APP, EMAIL);

    assertThat(ask("DELETE", CLIENT + "/auth/delete", bob.access()).statusCode()).isEqualTo(204);

    assertDead(bob.access());
    assertDeadRefresh(bob.refresh());
  }

  @Test
  void aTokenOfAnAppThatIsGoneIsDead() {
    Tokens bob = signUp(APP, EMAIL);

    remove(APP);

    assertThat(ask("GET", PROFILE, bob.access()).statusCode()).isIn(401, 404);
    assertThat(ask("POST", SESSION, bob.refresh()).statusCode()).isIn(401, 404);
  }

  @Test
  void aTokenTooLargeForTheHeadersIsRefusedBeforeAnybodyLooksAtIt() throws IOException {
    try (RawConnection raw = raw()) {
      raw.send(
          "GET "
              + DOOR
              + " HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer "
              + "a".repeat(70_000)
              + "\r\n\r\n");

      RawConnection.Response answer = raw.read();

      assertThat(answer.status()).isEqualTo(431);
      assertThat(answer.headers()).containsEntry("content-type", "application/json");
    }
    assertThat(invoker.calls()).isEmpty();
  }

  @Test
  void anotherSchemeThanBearerIsTheAppsOwnBusiness() {
    HttpResponse<String> answer =
        send(request(DOOR).header("Authorization", "Basic Ym9iOlBhNTV3MHJkIQ=="));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(errorCode(answer)).isEqualTo("MissingParameter");
  }

  @Test
  void twoAuthorizationHeadersAreNone() {
    Tokens bob = signUp(APP, EMAIL);

    HttpResponse<String> answer =
        send(
            request(DOOR)
                .header("Authorization", "Bearer " + bob.access())
                .header("Authorization", "Bearer " + bob.access()));

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(invoker.calls()).isEmpty();
  }
}
