package dev.berth.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.RunAs;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Nothing that was obtained from one app is good for anything in another.
class OtherAppsTest extends UsersTestBase {

  private static final String A = "alpha-abcde";
  private static final String B = "bravo-abcde";

  private Tokens annOfA = new Tokens("", "", "");
  private Tokens bobOfB = new Tokens("", "", "");
  private String keyOfA = "";
  private String keyIdOfB = "";

  @BeforeEach
  void twoAppsWithUsers() {
    deploy(shop(A, false, new RunAs.Caller()));
    deploy(shop(B, false, new RunAs.Caller()));
    annOfA = signUp(A, "ann@example");
    bobOfB = signUp(B, EMAIL);
    keyOfA = apiKeyOf(annOfA, "a");
    keyIdOfB =
        new JsonObject(
                post(CLIENT + "/auth/api_keys", JsonObject.of("name", "b"), bobOfB.refresh())
                    .body())
            .getString("_id");
  }

  /// A request that could act in B.
  private record Attempt(String method, String path, @Nullable String body) {

    static Attempt of(String method, String path) {
      return new Attempt(method, path, null);
    }

    static Attempt of(String method, String path, JsonObject body) {
      return new Attempt(method, path, body.encode());
    }
  }

  /// Every route that names app B, or something of B.
  private List<Attempt> attempts() {
    String app = CLIENT + "/app/" + B;
    List<Attempt> attempts = new ArrayList<>();
    attempts.add(Attempt.of("GET", "/app/" + B + "/endpoint/door"));
    attempts.add(Attempt.of("POST", app + "/functions/call", JsonObject.of("name", "sum")));
    attempts.add(Attempt.of("POST", app + "/auth/session"));
    for (String provider : List.of("anon-user", "local-userpass", "api-key", "custom-token")) {
      attempts.add(
          Attempt.of(
              "POST", app + "/auth/providers/" + provider + "/login?link=true", credentialsOfA()));
    }
    attempts.add(Attempt.of("GET", CLIENT + "/auth/api_keys/" + keyIdOfB));
    attempts.add(Attempt.of("DELETE", CLIENT + "/auth/api_keys/" + keyIdOfB));
    attempts.add(Attempt.of("PUT", CLIENT + "/auth/api_keys/" + keyIdOfB + "/enable"));
    attempts.add(Attempt.of("PUT", CLIENT + "/auth/api_keys/" + keyIdOfB + "/disable"));
    return attempts;
  }

  /// The payloads of all providers at once: each takes what it knows.
  private JsonObject credentialsOfA() {
    return JsonObject.of(
        "username",
        "ann@example",
        "password",
        PASSWORD,
        "key",
        keyOfA,
        "token",
        externalToken(A, "ann"));
  }

  /// A user of A with everything that was obtained there, in the headers of a request.
  private List<List<String>> headers() {
    return List.of(
        List.of("Authorization", "Bearer " + annOfA.access()),
        List.of("Authorization", "Bearer " + annOfA.refresh()),
        List.of("Authorization", "Bearer " + keyOfA),
        List.of("apiKey", keyOfA),
        List.of("api-key", keyOfA),
        List.of("email", "ann@example", "password", PASSWORD),
        List.of("jwtTokenString", externalToken(A, "ann")));
  }

  @Test
  void noCredentialOfAnotherAppOpensAnyRoute() {
    for (Attempt attempt : attempts()) {
      for (List<String> headers : headers()) {
        HttpRequest.BodyPublisher body =
            attempt.body() == null ? HttpRequest.BodyPublishers.noBody() : text(attempt.body());
        HttpResponse<String> answer =
            send(
                request(attempt.path())
                    .method(attempt.method(), body)
                    .headers(headers.toArray(String[]::new)));

        assertThat(answer.statusCode())
            .as("%s with %s: %s", attempt, headers.getFirst(), answer.body())
            .isBetween(400, 499);
      }
    }
    assertThat(invoker.calls()).isEmpty();
    assertThat(invoker.functionCalls()).isEmpty();
    assertThat(ask("GET", CLIENT + "/auth/api_keys/" + keyIdOfB, bobOfB.refresh()).statusCode())
        .isEqualTo(200);
  }

  @Test
  void noCredentialOfAnotherAppSignsIn() {
    for (String provider : List.of("local-userpass", "api-key", "custom-token")) {
      HttpResponse<String> answer =
          post(
              CLIENT + "/app/" + B + "/auth/providers/" + provider + "/login",
              credentialsOfA(),
              null);

      assertThat(answer.statusCode()).as(provider).isEqualTo(401);
    }
  }

  @Test
  void aWrongAppIsNoDeadSession() {
    HttpResponse<String> answer =
        post(
            CLIENT + "/app/" + B + "/functions/call",
            JsonObject.of("name", "sum"),
            annOfA.access());

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(errorCode(answer)).isEqualTo("UserAppDomainMismatch");
  }

  @Test
  void tokensWithoutAnAppInThePathActInTheirOwn() {
    HttpResponse<String> profile = ask("GET", CLIENT + "/auth/profile", annOfA.access());
    HttpResponse<String> keys = ask("GET", CLIENT + "/auth/api_keys", annOfA.refresh());

    assertThat(new JsonObject(profile.body()).getString("domain_id")).isEqualTo(A);
    assertThat(keys.body()).contains("\"a\"").doesNotContain("\"b\"");
  }

  @Test
  void theSameAddressIsAnotherUserInAnotherApp() {
    Tokens annOfB = signUp(B, "ann@example");

    assertThat(annOfB.userId()).isNotEqualTo(annOfA.userId());
    ask("DELETE", CLIENT + "/auth/delete", annOfB.access());
    assertThat(ask("GET", CLIENT + "/auth/profile", annOfA.access()).statusCode()).isEqualTo(200);
  }
}
