package dev.berth.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.DataApi;
import dev.berth.appmodel.ReturnType;
import dev.berth.appmodel.RunAs;
import dev.berth.appmodel.ValidationMethod;
import dev.berth.invocation.Caller;
import dev.berth.invocation.Invocation;
import dev.berth.invocation.Outcome;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who may use the Data API, and as whom.
class DataApiAccessTest extends UsersTestBase {

  private static final String OTHER = "other-fghij";
  private static final String BODY =
      "{\"dataSource\": \"mongodb-atlas\", \"database\": \"d\", \"collection\": \"c\"}";

  /// The Data API of an app that is like the default but for what a test is about.
  private static DataApi as(RunAs runAs) {
    return settings(runAs, ValidationMethod.NO_VALIDATION, null, new BsonDocument(), false, false);
  }

  private static DataApi settings(
      RunAs runAs,
      ValidationMethod method,
      @Nullable String secret,
      BsonDocument canEvaluate,
      boolean createsUsers,
      boolean fetchesData) {
    return new DataApi(
        false,
        List.of("v1"),
        ReturnType.JSON,
        createsUsers,
        fetchesData,
        runAs,
        method,
        secret,
        false,
        canEvaluate);
  }

  private void deploy(String id, DataApi dataApi) {
    deploy(users(id, false).dataSource("mongodb-atlas").secret("s", "hush").dataApi(dataApi));
  }

  /// The same app with another Data API; its users are still there.
  private void deployAgain(DataApi dataApi) {
    deploy(users(APP, false).dataSource("mongodb-atlas").dataApi(dataApi), 2);
  }

  private static String url(String id) {
    return "/app/" + id + "/endpoint/data/v1/action/find";
  }

  private HttpResponse<String> ask(String... headers) {
    return askAt(url(APP), headers);
  }

  private HttpResponse<String> askAt(String url, String... headers) {
    HttpRequest.Builder request = request(url).POST(text(BODY));
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  private Caller caller() {
    assertThat(invoker.dataCalls()).hasSize(1);
    return invoker.dataCalls().getFirst().envelope().caller();
  }

  private void assertCalledBy(String userId) {
    assertThat(caller())
        .isInstanceOfSatisfying(
            Caller.SignedIn.class, user -> assertThat(user.id()).isEqualTo(userId));
  }

  private void assertRefused(HttpResponse<String> answer, int status, String error, String code) {
    JsonObject body = new JsonObject(answer.body());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(body.getString("error")).isEqualTo(error);
    assertThat(body.getString("error_code")).isEqualTo(code);
    assertThat(body.getString("link")).contains("/logs?co_id=");
    assertThat(invoker.dataCalls()).isEmpty();
  }

  private void assertNoSuchUser(HttpResponse<String> answer) {
    assertRefused(
        answer, 401, "invalid session: error finding user for endpoint", "InvalidSession");
  }

  @Test
  void everyKindOfCredentialNamesItsUser() {
    deploy(APP, as(new RunAs.Caller()));
    Tokens bob = signUp(APP, EMAIL);
    String key = apiKeyOf(bob, "k");
    for (String[] headers :
        List.of(
            new String[] {"Authorization", "Bearer " + bob.access()},
            new String[] {"email", EMAIL, "password", PASSWORD},
            new String[] {"apiKey", key},
            new String[] {"api-key", key},
            new String[] {"API-KEY", key})) {
      invoker.forget();

      assertThat(ask(headers).statusCode()).as(headers[0]).isEqualTo(200);
      assertCalledBy(bob.userId());
    }
  }

  @Test
  void aTokenOfAnotherSystemNamesItsUserWhoIsMadeWhereTheAppSaysSo() {
    deploy(APP, as(new RunAs.Caller()));
    assertNoSuchUser(ask("jwtTokenString", externalToken(APP, "ext-1")));

    deployAgain(
        settings(
            new RunAs.Caller(),
            ValidationMethod.NO_VALIDATION,
            null,
            new BsonDocument(),
            true,
            false));

    assertThat(ask("jwtTokenString", externalToken(APP, "ext-1")).statusCode()).isEqualTo(200);
    assertThat(caller()).isInstanceOf(Caller.SignedIn.class);
  }

  @Test
  void whoSendsNothingIsToldSo() {
    deploy(APP, as(new RunAs.Caller()));

    assertRefused(ask(), 400, "no authentication methods were specified", "InvalidParameter");
    assertRefused(
        ask("Authorization", "Basic Ym9iOng="),
        400,
        "no authentication methods were specified",
        "InvalidParameter");
  }

  @ParameterizedTest
  @ValueSource(strings = {"email", "password"})
  void halfACredentialIsNone(String half) {
    deploy(APP, as(new RunAs.Caller()));

    assertRefused(
        ask(half, "x"),
        400,
        "must specify some form of authentication (either email+password, api-key, or jwt) in the"
            + " request header or body",
        "MissingParameter");
  }

  @Test
  void whatNamesNoUserIsRefused() {
    deploy(APP, as(new RunAs.Caller()));
    Tokens bob = signUp(APP, EMAIL);
    String key = apiKeyOf(bob, "k");

    assertNoSuchUser(ask("Authorization", "Bearer " + bob.refresh()));
    assertNoSuchUser(ask("Authorization", "Bearer x", "apiKey", key));
    assertNoSuchUser(ask("email", EMAIL, "password", "wrong"));
    assertNoSuchUser(ask("apiKey", "x".repeat(64)));
    assertNoSuchUser(ask("jwtTokenString", "a.b.c"));
    assertNoSuchUser(ask("apiKey", key, "email", EMAIL, "password", PASSWORD));
  }

  @Test
  void credentialsOfAnotherAppAreWorthNothing() {
    deploy(APP, as(new RunAs.Caller()));
    deploy(OTHER, as(new RunAs.Caller()));
    Tokens ann = signUp(OTHER, "ann@example");
    String key = apiKeyOf(ann, "k");

    assertNoSuchUser(ask("Authorization", "Bearer " + ann.access()));
    assertNoSuchUser(ask("email", "ann@example", "password", PASSWORD));
    assertNoSuchUser(ask("apiKey", key));
    assertNoSuchUser(ask("jwtTokenString", externalToken(OTHER, "ann")));
    assertThat(askAt(url(OTHER), "apiKey", key).statusCode()).isEqualTo(200);
  }

  @Test
  void customDataIsFetchedWhereTheAppSaysSo() {
    deploy(
        APP,
        settings(
            new RunAs.Caller(),
            ValidationMethod.NO_VALIDATION,
            null,
            new BsonDocument(),
            false,
            true));
    Tokens bob = signUp(APP, EMAIL);

    ask("Authorization", "Bearer " + bob.access());

    assertThat(caller())
        .isInstanceOfSatisfying(
            Caller.SignedIn.class,
            user -> assertThat(user.customData()).isEqualTo(BsonDocument.parse("{points: 7}")));
  }

  @Test
  void asTheSystemNoCredentialsAreNeeded() {
    deploy(APP, as(new RunAs.AsSystem()));

    assertThat(ask().statusCode()).isEqualTo(200);
    assertThat(caller()).isEqualTo(Caller.system());
  }

  @Test
  void asOneUserEverybodyIsThatUser() {
    deploy(APP, as(new RunAs.Caller()));
    Tokens bob = signUp(APP, EMAIL);
    deployAgain(as(new RunAs.AsUser(bob.userId())));

    assertThat(ask().statusCode()).isEqualTo(200);
    assertCalledBy(bob.userId());
  }

  @Test
  void asAUserWhoDoesNotExistNobodyMay() {
    deploy(APP, as(new RunAs.AsUser("628e47baf4c2ac2796fc8a91")));

    assertNoSuchUser(ask());
  }

  @Test
  void aScriptSaysAsWhom() {
    deploy(APP, as(new RunAs.ByScript("exports = () => ({runAsSystem: true})")));
    invoker.answers(
        responded(new Outcome.Body.Result(new BsonDocument("runAsSystem", BsonBoolean.TRUE))));

    assertThat(ask().statusCode()).isEqualTo(200);
    assertThat(caller()).isEqualTo(Caller.system());
    Invocation.EndpointCall script = invoker.onlyCall();
    assertThat(catalog.all())
        .anySatisfy(
            app ->
                assertThat(app.definition().code())
                    .anySatisfy(code -> assertThat(code.name()).isEqualTo(script.function())));
  }

  @Test
  void aScriptThatFailsLetsNobodyIn() {
    deploy(APP, as(new RunAs.ByScript("exports = () => { throw 1 }")));
    invoker.answers(new Outcome.Threw("FunctionExecutionError", "1"));

    assertNoSuchUser(ask());
  }

  @Test
  void theSecretParameterIsAsked() {
    deploy(
        APP,
        settings(
            new RunAs.AsSystem(),
            ValidationMethod.SECRET_AS_QUERY_PARAM,
            "s",
            new BsonDocument(),
            false,
            false));

    assertRefused(askAt(url(APP)), 401, "unauthorized", "AuthError");
    assertRefused(askAt(url(APP) + "?secret=x"), 401, "unauthorized", "AuthError");
    assertThat(askAt(url(APP) + "?secret=hush").statusCode()).isEqualTo(200);
    assertThat(invoker.dataCalls().getFirst().request().rawQueryString()).isEmpty();
  }

  @Test
  void theSignatureOfTheRawBodyIsAsked() {
    deploy(
        users(APP, false)
            .dataSource("mongodb-atlas")
            .secret("s", "Super5ecr3tPa55w0rd")
            .dataApi(
                settings(
                    new RunAs.AsSystem(),
                    ValidationMethod.VERIFY_PAYLOAD,
                    "s",
                    new BsonDocument(),
                    false,
                    false)));
    String signature = "sha256=d4f0537db4e230d7a6028a6f7c3bb1b57c9d16f39176d78697e559ac333e0b36";

    assertRefused(ask("Endpoint-Signature", signature), 401, "unauthorized", "AuthError");
    HttpResponse<String> signed =
        send(
            request(url(APP))
                .POST(text("{ \"message\": \"Hello!\" }"))
                .header("Endpoint-Signature", signature));

    assertRefused(signed, 400, "missing parameter: 'dataSource'", "MissingParameter");
  }

  @Test
  void theExpressionIsAskedAfterTheUserIsKnown() {
    deploy(APP, as(new RunAs.Caller()));
    Tokens bob = signUp(APP, EMAIL);
    Tokens ann = signUp(APP, "ann@example");
    deployAgain(
        settings(
            new RunAs.Caller(),
            ValidationMethod.NO_VALIDATION,
            null,
            new BsonDocument("%%user.id", new BsonString(bob.userId())),
            false,
            false));

    assertRefused(ask("Authorization", "Bearer " + ann.access()), 401, "unauthorized", "AuthError");
    assertThat(ask("Authorization", "Bearer " + bob.access()).statusCode()).isEqualTo(200);
  }

  @Test
  void authenticationComesBeforeTheBodyIsLookedAt() {
    deploy(APP, as(new RunAs.Caller()));

    HttpResponse<String> answer = send(request(url(APP)).POST(text("no json")));

    assertRefused(answer, 400, "no authentication methods were specified", "InvalidParameter");
  }

  @Test
  void theOpenApiDocumentNamesTheWaysToSignIn() {
    deploy(APP, as(new RunAs.Caller()));

    JsonObject document =
        new JsonObject(get("/app/" + APP + "/endpoint/data/v1/openapi.json").body());

    assertThat(document.getJsonArray("security").encode())
        .isEqualTo(
            "[{\"accessToken\":[]},{\"apiKey\":[]},{\"jwtTokenString\":[]},"
                + "{\"email\":[],\"password\":[]}]");
  }

  @Test
  void aPlatformThatBreaksShowsNothing() {
    deploy(APP, as(new RunAs.ByScript("exports = 1")));
    invoker.answers(_ -> Future.failedFuture(new IllegalStateException("secret detail")));

    HttpResponse<String> answer = ask();

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).doesNotContain("secret detail");
  }
}
