package dev.berth.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.RunAs;
import dev.berth.gateway.door.AccessList;
import dev.berth.gateway.door.Door;
import dev.berth.gateway.door.TrustedProxies;
import dev.berth.gateway.serving.RequestMetrics;
import dev.berth.invocation.Caller;
import dev.berth.invocation.Invocation;
import dev.berth.invocation.Limit;
import dev.berth.invocation.Outcome;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bson.BsonArray;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonUndefined;
import org.bson.BsonValue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The client API as it is on the wire.
class ClientApiTest extends UsersTestBase {

  private static final String SHOP = CLIENT + "/app/" + APP;
  private static final String LOGIN = SHOP + "/auth/providers/local-userpass/login";
  private static final String CALL = SHOP + "/functions/call";

  @BeforeEach
  void deployShop() {
    deploy(shop(APP, false, new RunAs.Caller()));
  }

  private String base() {
    return "http://127.0.0.1:" + gateway.actualPort();
  }

  private void assertRefused(HttpResponse<String> answer, int status, String error, String code) {
    JsonObject body = new JsonObject(answer.body());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(body.getString("error")).isEqualTo(error);
    assertThat(body.getString("error_code")).isEqualTo(code);
    assertThat(body.getString("link"))
        .isEqualTo(
            base()
                + "/groups/berth/apps/shop-abcde/logs?co_id="
                + header(answer, "X-Berth-Request-Id"));
    assertThat(header(answer, "Content-Type")).isEqualTo("application/json");
  }

  private static void assertEmpty(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers().firstValue("Content-Type")).isEmpty();
  }

  @Nested
  class Locating {

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "///"})
    void everyClientAsksWhereTheServerIs(String slashes) {
      HttpResponse<String> answer = get(slashes + SHOP + "/location");

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(header(answer, "Content-Type")).isEqualTo("application/json");
      assertThat(new JsonObject(answer.body()))
          .isEqualTo(
              JsonObject.of(
                  "deployment_model",
                  "GLOBAL",
                  "location",
                  "US-VA",
                  "hostname",
                  base(),
                  "ws_hostname",
                  base().replace("http", "ws")));
    }

    @Test
    void theServerIsWhereTheOperatorSays() {
      Gateway elsewhere =
          join(
              Gateway.start(
                  vertx,
                  settings(0)
                      .with(
                          new Door(
                              null,
                              TrustedProxies.none(),
                              AccessList.everybody(),
                              "https://apps.example.com")),
                  catalog,
                  invoker,
                  () -> identity.accounts(),
                  null,
                  () -> true,
                  RequestMetrics.NONE));
      try {
        HttpResponse<String> answer =
            send(
                HttpRequest.newBuilder(
                    java.net.URI.create(
                        "http://127.0.0.1:" + elsewhere.actualPort() + SHOP + "/location")));

        assertThat(new JsonObject(answer.body()).getString("hostname"))
            .isEqualTo("https://apps.example.com");
        assertThat(new JsonObject(answer.body()).getString("ws_hostname"))
            .isEqualTo("wss://apps.example.com");
      } finally {
        join(elsewhere.stop());
      }
    }

    @Test
    void aHostThatIsNoneIsNotRepeated() throws Exception {
      try (RawConnection raw = raw()) {
        raw.send("GET " + SHOP + "/location HTTP/1.1\r\nHost: evil/\"x\r\n\r\n");

        assertThat(raw.read().body()).contains("localhost:").doesNotContain("evil");
      }
    }

    @Test
    void anAppThatIsNotThereIsNamed() {
      HttpResponse<String> answer = get(CLIENT + "/app/nobody/location");

      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(new JsonObject(answer.body()).getString("error"))
          .isEqualTo("cannot find app using Client App ID 'nobody'");
      assertThat(new JsonObject(answer.body()).getString("link")).startsWith(base());
    }

    @ParameterizedTest
    @CsvSource({
      "GET,    ''",
      "GET,    /",
      "GET,    /nothing",
      "POST,   /auth/profile",
      "GET,    /auth/session",
      "GET,    /auth/profile/",
      "GET,    /auth//profile",
      "POST,   /app/shop-abcde/location",
      "GET,    /app/shop-abcde",
      "GET,    /app/shop-abcde/functions/stream",
      "POST,   /app/shop-abcde/graphql",
      "PATCH,  /auth/api_keys",
    })
    void anUnknownRouteIsJsonToo(String method, String path) {
      HttpResponse<String> answer = ask(method, CLIENT + path, null);

      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(header(answer, "Content-Type")).isEqualTo("application/json");
      assertThat(new JsonObject(answer.body()).getString("error")).isEqualTo("not found");
    }

    @Test
    void aBrokenEncodingIsNoRoute() throws Exception {
      try (RawConnection raw = raw()) {
        raw.send("GET " + CLIENT + "/auth/%zz HTTP/1.1\r\nHost: h\r\n\r\n");

        assertThat(raw.read().status()).isEqualTo(400);
      }
    }

    @Test
    void nothingIsAnsweredBeforeTheUsersAreThere() {
      ready = false;

      HttpResponse<String> answer = get(SHOP + "/location");

      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(errorCode(answer)).isEqualTo("MaintenanceInProgress");
    }
  }

  @Nested
  class SigningIn {

    @Test
    void anAnonymousUserNeedsNoBody() {
      HttpResponse<String> answer = ask("POST", SHOP + "/auth/providers/anon-user/login", null);

      JsonObject body = new JsonObject(answer.body());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(body.fieldNames())
          .containsExactlyInAnyOrder("access_token", "refresh_token", "user_id", "device_id");
      assertThat(body.getString("user_id")).matches("[0-9a-f]{24}");
      assertThat(body.getString("device_id")).matches("[0-9a-f]{24}");
    }

    @Test
    void aDeviceKeepsItsIdHoweverItIsWritten() {
      JsonObject first = new JsonObject(anonymous(new JsonObject()).body());
      String id = first.getString("device_id");
      String token = first.getString("access_token");
      JsonObject plain = JsonObject.of("deviceId", id, "platform", "node");
      JsonObject extended = JsonObject.of("deviceId", JsonObject.of("$oid", id));

      assertThat(part(token, 1).getString("baas_device_id")).isEqualTo(id);
      for (JsonObject device : List.of(plain, extended)) {
        JsonObject again = new JsonObject(anonymous(device).body());
        assertThat(again.getString("device_id")).matches("[0-9a-f]{24}");
      }
      assertThat(anonymous(JsonObject.of("deviceId", 7, "x", JsonArray.of(1))).statusCode())
          .isEqualTo(200);
    }

    private HttpResponse<String> anonymous(JsonObject device) {
      return post(
          SHOP + "/auth/providers/anon-user/login",
          JsonObject.of("options", JsonObject.of("device", device)),
          null);
    }

    @Test
    void registeringIsAnsweredWithoutABody() {
      JsonObject ann = JsonObject.of("email", "ann@example", "password", PASSWORD);
      String register = SHOP + "/auth/providers/local-userpass/register";

      assertEmpty(post(register, ann, null), 201);
      assertRefused(post(register, ann, null), 409, "name already in use", "AccountNameInUse");
      // Whoever was signed in when the page was left behind sends a token that is long dead.
      assertEmpty(
          post(register, JsonObject.of("email", "joe@example", "password", PASSWORD), "dead"), 201);
    }

    @Test
    void aWrongPasswordAndAnUnknownUserAreTheSame() {
      signUp(APP, EMAIL);

      HttpResponse<String> wrong =
          post(LOGIN, JsonObject.of("username", EMAIL, "password", "not this one"), null);
      HttpResponse<String> unknown =
          post(LOGIN, JsonObject.of("username", "no@body", "password", PASSWORD), null);

      assertRefused(wrong, 401, "invalid username/password", "InvalidPassword");
      assertRefused(unknown, 401, "invalid username/password", "InvalidPassword");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "local-userpass | {}                                | missing parameter: 'username'  | MissingParameter",
          "local-userpass | {\"username\": \"a\"}              | missing parameter: 'password'  | MissingParameter",
          "local-userpass | {\"username\": {\"$ne\": \"\"}, \"password\": \"x\"} | invalid parameter: 'username' must be a string | InvalidParameter",
          "api-key        | {\"key\": 5}                      | invalid parameter: 'key' must be a string | InvalidParameter",
          "custom-token   | {\"token\": null}                 | missing parameter: 'token'     | MissingParameter",
          "anon-user      | [1]                               | the body must be a JSON object | BadRequest",
          "anon-user      | {oops                             | the body must be a JSON object | BadRequest",
        })
    void aBodyThatIsNotWhatItShouldBeIsSaidPlainly(
        String provider, String body, String error, String code) {
      HttpResponse<String> answer =
          send(request(SHOP + "/auth/providers/" + provider + "/login").POST(text(body)));

      assertRefused(answer, 400, error, code);
    }

    @Test
    void aProviderThatIsOffOrUnknownIsUnsupported() {
      HttpResponse<String> unknown = ask("POST", SHOP + "/auth/providers/magic/login", null);
      deploy(shop(APP, true, new RunAs.Caller()), 2);
      HttpResponse<String> off = ask("POST", SHOP + "/auth/providers/anon-user/login", null);

      assertRefused(
          unknown, 404, "authentication via 'magic' is unsupported", "AuthProviderNotFound");
      assertRefused(
          off, 404, "authentication via 'anon-user' is unsupported", "AuthProviderNotFound");
    }

    @Test
    void aBodyBeyondReasonIsNotRead() {
      HttpResponse<String> answer =
          send(request(LOGIN).POST(text("x".repeat(MAX_REQUEST_BYTES + 1))));

      assertThat(answer.statusCode()).isEqualTo(413);
      assertThat(errorCode(answer)).isEqualTo("ReadSizeLimitExceeded");
    }

    @Test
    void linkingKeepsTheUserAndNeverSaysThatTheSessionIsDead() {
      Tokens anonymous = logIn(APP, "anon-user", new JsonObject());
      JsonObject ann = JsonObject.of("username", "ann@example", "password", PASSWORD);
      post(
          SHOP + "/auth/providers/local-userpass/register",
          JsonObject.of("email", "ann@example", "password", PASSWORD),
          null);

      HttpResponse<String> refused =
          post(LOGIN + "?link=true", ann.copy().put("password", "wrong one"), anonymous.access());
      HttpResponse<String> linked = post(LOGIN + "?link=true", ann, anonymous.access());
      HttpResponse<String> nobody = post(LOGIN + "?link=true", ann, null);

      assertThat(errorCode(refused)).isEqualTo("InvalidPassword");
      assertThat(linked.statusCode()).isEqualTo(200);
      assertThat(new JsonObject(linked.body()).getString("user_id")).isEqualTo(anonymous.userId());
      assertThat(errorCode(nobody)).isEqualTo("MissingAuthReq");
    }
  }

  @Nested
  class Sessions {

    @Test
    void theProfileShowsTheUser() {
      Tokens bob = signUp(APP, EMAIL);

      HttpResponse<String> answer = ask("GET", CLIENT + "/auth/profile", bob.access());

      JsonObject profile = new JsonObject(answer.body());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(profile.getString("user_id")).isEqualTo(bob.userId());
      assertThat(profile.getString("type")).isEqualTo("normal");
      assertThat(profile.getJsonObject("data").getString("email")).isEqualTo(EMAIL);
      assertThat(profile.getJsonArray("identities").getJsonObject(0).getString("provider_type"))
          .isEqualTo("local-userpass");
    }

    @Test
    void aSessionIsRefreshedWithItsRefreshTokenAlone() {
      Tokens bob = signUp(APP, EMAIL);

      HttpResponse<String> answer = ask("POST", CLIENT + "/auth/session", bob.refresh());
      HttpResponse<String> older = ask("POST", SHOP + "/auth/session", bob.refresh());

      assertThat(answer.statusCode()).isEqualTo(201);
      assertThat(new JsonObject(answer.body()).fieldNames()).containsExactly("access_token");
      assertThat(older.statusCode()).isEqualTo(201);
      assertRefused(
          ask("POST", SHOP + "/auth/session", bob.access()),
          401,
          "invalid session: failed to find refresh token",
          "InvalidSession");
    }

    @Test
    void theEndOfASessionAndOfAnAccountHasNoBody() {
      Tokens bob = signUp(APP, EMAIL);

      assertEmpty(ask("DELETE", CLIENT + "/auth/session", bob.refresh()), 204);
      assertEmpty(ask("DELETE", CLIENT + "/auth/delete", bob.access()), 204);
    }

    /// What a stranger sends is not parsed: it may take much memory.
    @Test
    void aRequestWithoutATokenIsNotRead() {
      HttpResponse<String> answer =
          send(request(SHOP + "/functions/call").POST(text("{ this is no JSON")));

      assertThat(errorCode(answer)).isEqualTo("MissingAuthReq");
    }

    @Test
    void aRequestWithoutATokenIsToldSo() {
      HttpResponse<String> answer = ask("GET", CLIENT + "/auth/profile", null);

      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(errorCode(answer)).isEqualTo("MissingAuthReq");
    }

    @Test
    void aKeyIsShownOnceAndLivesUntilItIsDeleted() {
      Tokens bob = signUp(APP, EMAIL);
      String keys = CLIENT + "/auth/api_keys";

      HttpResponse<String> made = post(keys, JsonObject.of("name", "first"), bob.refresh());
      JsonObject key = new JsonObject(made.body());
      String one = keys + "/" + key.getString("_id");

      assertThat(made.statusCode()).isEqualTo(201);
      assertThat(key.fieldNames()).containsExactlyInAnyOrder("_id", "key", "name", "disabled");
      JsonObject shown =
          JsonObject.of("_id", key.getString("_id"), "name", "first", "disabled", false);
      assertThat(new JsonObject(ask("GET", one, bob.refresh()).body())).isEqualTo(shown);
      assertThat(new JsonArray(ask("GET", keys, bob.refresh()).body()))
          .isEqualTo(JsonArray.of(shown));
      assertEmpty(ask("PUT", one + "/disable", bob.refresh()), 204);
      assertThat(new JsonObject(ask("GET", one, bob.refresh()).body()).getBoolean("disabled"))
          .isTrue();
      assertEmpty(ask("PUT", one + "/enable", bob.refresh()), 204);
      assertEmpty(ask("DELETE", one, bob.refresh()), 204);
      assertRefused(ask("GET", one, bob.refresh()), 404, "API key not found", "APIKeyNotFound");
    }
  }

  @Nested
  class Calling {

    private Tokens bob = new Tokens("", "", "");

    @BeforeEach
    void signIn() {
      bob = signUp(APP, EMAIL);
      returns(new BsonInt32(3));
    }

    private void returns(BsonValue value) {
      ends(new Outcome.Returned(value));
    }

    private void ends(Outcome outcome) {
      invoker.answersFunctions(_ -> Future.succeededFuture(outcome));
    }

    private HttpResponse<String> call(String body) {
      return send(
          request(CALL)
              .POST(text(body))
              .header("Authorization", "Bearer " + bob.access())
              .header("Content-Type", "application/json;charset=utf-8"));
    }

    @Test
    void argumentsAndResultsAreExtendedJson() {
      HttpResponse<String> answer =
          call(
              "{\"arguments\": [{\"$numberInt\": \"1\"}, 2.5, {\"$date\": 5}, null], \"name\": \"sum\"}");

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo("{\"$numberInt\":\"3\"}");
      assertThat(header(answer, "Content-Type")).isEqualTo("application/json");
      Invocation.FunctionCall called = invoker.functionCalls().getFirst();
      assertThat(called.function()).isEqualTo("sum");
      assertThat(called.arguments())
          .isEqualTo(BsonArray.parse("[1, 2.5, {$date: {$numberLong: '5'}}, null]"));
      assertThat(called.request().method()).isEmpty();
      assertThat(called.request().remoteIpAddress()).isEqualTo("127.0.0.1");
    }

    @Test
    void whoCallsIsTheUserOfTheTokenWithTheCustomDataOfTheToken() {
      call("{\"name\": \"sum\"}");

      Caller caller = invoker.functionCalls().getFirst().envelope().caller();
      assertThat(caller).isInstanceOf(Caller.SignedIn.class);
      Caller.SignedIn user = (Caller.SignedIn) caller;
      assertThat(user.id()).isEqualTo(bob.userId());
      assertThat(user.data()).isEqualTo(new BsonDocument("email", new BsonString(EMAIL)));
      assertThat(user.customData()).isEqualTo(new BsonDocument("points", new BsonInt32(7)));
      assertThat(user.identities())
          .extracting(Caller.Identity::providerType)
          .containsExactly("local-userpass");
    }

    static Stream<Map.Entry<BsonValue, String>> results() {
      return Stream.of(
          Map.entry(new BsonUndefined(), "null"),
          Map.entry(new BsonString("text"), "\"text\""),
          Map.entry(new BsonDateTime(5), "{\"$date\":{\"$numberLong\":\"5\"}}"),
          Map.entry(new BsonArray(List.of(new BsonUndefined())), "[{\"$undefined\":true}]"));
    }

    @ParameterizedTest
    @MethodSource("results")
    void resultsHaveNoEnvelope(Map.Entry<BsonValue, String> result) {
      returns(result.getKey());

      assertThat(call("{\"name\": \"sum\"}").body()).isEqualTo(result.getValue());
    }

    @Test
    void whatCannotBeCalledIsRefusedAndRunsNothing() {
      assertRefused(
          call("{\"name\": \"missing\"}"),
          404,
          "function not found: 'missing'",
          "FunctionNotFound");
      assertRefused(
          call("{\"name\": \"hidden\"}"), 403, "function not callable: 'hidden'", "NotCallable");
      assertRefused(
          call("{\"name\": \"run_as:sum\"}"),
          404,
          "function not found: 'run_as:sum'",
          "FunctionNotFound");
      assertRefused(
          call("{\"name\": \"find\", \"service\": \"mongodb-atlas\", \"arguments\": [{}]}"),
          404,
          "service not found: 'mongodb-atlas'",
          "ServiceNotFound");
      assertRefused(
          call("{\"arguments\": []}"), 400, "missing parameter: 'name'", "MissingParameter");
      assertRefused(
          call("{\"name\": \"sum\", \"arguments\": {}}"),
          400,
          "invalid parameter: 'arguments' must be an array",
          "InvalidParameter");
      assertThat(invoker.functionCalls()).isEmpty();
    }

    @Test
    void theExpressionOfAFunctionIsAboutTheUserWhoCalls() {
      deploy(
          shop(APP, false, new RunAs.Caller())
              .function("bobs", new RunAs.Caller(), onlyFor(bob.userId()))
              .function("others", new RunAs.Caller(), onlyFor("628e47baf4c2ac2796fc8a91")),
          2);

      assertThat(call("{\"name\": \"bobs\"}").statusCode()).isEqualTo(200);
      assertRefused(
          call("{\"name\": \"others\"}"),
          403,
          "no rule allows this user to call 'others'",
          "NoMatchingRuleFound");
      assertThat(invoker.functionCalls()).hasSize(1);
    }

    private static BsonDocument onlyFor(String userId) {
      return new BsonDocument("%%user.id", new BsonString(userId));
    }

    @Test
    void aFunctionRunsAsItsConfigurationSays() {
      Tokens ann = signUp(APP, "ann@example");
      deploy(
          shop(APP, false, new RunAs.Caller())
              .callable("asSystem", new RunAs.AsSystem(), false)
              .callable("asAnn", new RunAs.AsUser(ann.userId()), false)
              .callable("asNobody", new RunAs.AsUser("628e47baf4c2ac2796fc8a91"), false),
          2);

      call("{\"name\": \"asSystem\"}");
      call("{\"name\": \"asAnn\"}");
      HttpResponse<String> nobody = call("{\"name\": \"asNobody\"}");

      List<Caller> callers =
          invoker.functionCalls().stream().map(call -> call.envelope().caller()).toList();
      assertThat(callers).hasSize(2);
      assertThat(callers.get(0)).isInstanceOf(Caller.SystemUser.class);
      assertThat(callers.get(1)).isInstanceOf(Caller.InPlaceOf.class);
      assertThat(callers)
          .allSatisfy(caller -> assertThat(caller.user()).extracting("id").isEqualTo(bob.userId()));
      // Not InvalidSession: clients would refresh and ask again, without end.
      assertRefused(nobody, 401, "error finding user for function", "AuthError");
    }

    @Test
    void failuresOfAFunctionAreTold() {
      ends(new Outcome.Threw("FunctionExecutionError", "no luck"));
      assertRefused(call("{\"name\": \"sum\"}"), 400, "no luck", "FunctionExecutionError");
      ends(new Outcome.OverLimit(Limit.TIME, "x"));
      assertRefused(
          call("{\"name\": \"sum\"}"),
          400,
          "execution time limit exceeded",
          "ExecutionTimeLimitExceeded");
      ends(new Outcome.Lost("x"));
      assertThat(call("{\"name\": \"sum\"}").statusCode()).isEqualTo(503);
      invoker.answersFunctions(_ -> Future.failedFuture("broken"));
      assertRefused(
          call("{\"name\": \"sum\"}"), 500, "internal server error", "InternalServerError");
    }
  }

  @Nested
  class Browsers {

    private HttpRequest.Builder from(String origin, String path) {
      return request(path).header("Origin", origin);
    }

    @Test
    void aPreflightIsAnsweredForEveryRoute() {
      for (String path : List.of(LOGIN, CALL, CLIENT + "/auth/session", CLIENT + "/anything")) {
        HttpResponse<String> answer =
            send(
                from("https://a.example", path)
                    .method("OPTIONS", HttpRequest.BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(header(answer, "Access-Control-Allow-Origin")).isEqualTo("https://a.example");
        assertThat(header(answer, "Access-Control-Allow-Methods"))
            .isEqualTo("GET, POST, PUT, DELETE");
        assertThat(header(answer, "Access-Control-Allow-Headers"))
            .isEqualTo("authorization, content-type, accept");
        assertThat(header(answer, "Vary")).isEqualTo("Origin");
      }
    }

    @Test
    void answersAndErrorsCanBeReadByThePage() {
      HttpResponse<String> answer = send(from("https://a.example", SHOP + "/location"));
      HttpResponse<String> error = send(from("https://a.example", LOGIN).POST(text("{}")));

      for (HttpResponse<String> response : List.of(answer, error)) {
        assertThat(header(response, "Access-Control-Allow-Origin")).isEqualTo("https://a.example");
        assertThat(header(response, "Access-Control-Expose-Headers"))
            .isEqualTo("X-Baas-Location, X-Stitch-Location");
      }
      assertThat(get(SHOP + "/location").headers().map())
          .doesNotContainKey("access-control-allow-origin");
    }

    @Test
    void onlyPagesOfAllowedOriginsMayAsk() {
      Tokens bob = signUp(APP, EMAIL);
      deploy(shop(APP, false, new RunAs.Caller()).origin("https://a.example"), 2);

      assertThat(send(from("https://a.example", SHOP + "/location")).statusCode()).isEqualTo(200);
      List<HttpResponse<String>> refused =
          List.of(
              send(from("https://b.example", SHOP + "/location")),
              send(
                  from("https://b.example", CLIENT + "/auth/profile")
                      .header("Authorization", "Bearer " + bob.access())),
              send(
                  from("https://b.example", LOGIN)
                      .method("OPTIONS", HttpRequest.BodyPublishers.noBody())));
      assertThat(refused)
          .allSatisfy(
              answer -> {
                assertThat(answer.statusCode()).isEqualTo(403);
                assertThat(header(answer, "Access-Control-Allow-Origin")).isEmpty();
              });
    }
  }
}
