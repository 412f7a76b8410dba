package dev.berth.gateway;

import static dev.berth.gateway.TestApps.app;
import static dev.berth.gateway.TestApps.endpoint;
import static dev.berth.gateway.TestApps.evaluated;
import static dev.berth.gateway.TestApps.guarded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.AppValue;
import dev.berth.appmodel.Endpoint;
import dev.berth.appmodel.HttpMethod;
import dev.berth.appmodel.ReturnType;
import dev.berth.appmodel.RunAs;
import dev.berth.appmodel.ValidationMethod;
import dev.berth.invocation.Caller;
import dev.berth.invocation.Invocation;
import dev.berth.invocation.Limit;
import dev.berth.invocation.Outcome;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonUndefined;
import org.bson.BsonValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `can_evaluate` of endpoints and of their functions.
class ExpressionsTest extends GatewayTestBase {

  private static final String URL = "/app/shop-abcde/endpoint/door";
  private static final Endpoint DOOR = endpoint(HttpMethod.ANY, "/door", "open");
  private static final String UNAUTHORIZED =
      "{\"error\":\"unauthorized\",\"error_code\":\"AuthError\"}";
  private static final String ASKS = "{'%%true':{'%function':{'name':'mayOpen'}}}";

  private static BsonDocument expression(String text) {
    return BsonDocument.parse(text.replace('\'', '"'));
  }

  private static TestApps guardedBy(String expression) {
    return app("shop-abcde")
        .with(evaluated(DOOR, expression(expression), ReturnType.JSON), new RunAs.AsSystem())
        .function("mayOpen", new RunAs.Caller(), new BsonDocument());
  }

  private void assertAllowed(HttpRequest.Builder request) {
    assertThat(send(request).statusCode()).isEqualTo(204);
  }

  private void assertDenied(HttpRequest.Builder request) {
    int before = invoker.calls().size();
    HttpResponse<String> response = send(request);

    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.body()).isEqualTo(UNAUTHORIZED);
    assertThat(header(response, "Content-Type")).isEqualTo("application/json");
    assertThat(invoker.calls()).hasSize(before);
  }

  private void functionsReturn(BsonValue value) {
    invoker.answersFunctions(_ -> Future.succeededFuture(new Outcome.Returned(value)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                                                                  | 204
          {'%%request.requestHeaders.x-secret-key':'my-secret'}               | 204
          {'%%request.requestHeaders.X-Secret-Key':'my-secret'}               | 204
          {'%%request.requestHeaders.x-secret-key':'my-secre'}                | 401
          {'%%request.requestHeaders.x-other-key':'my-secret'}                | 401
          {'%%request.remoteIPAddress':'127.0.0.1'}                           | 204
          {'%%request.remoteIPAddress':{'$nin':['127.0.0.1']}}                | 401
          {'%%request.httpMethod':'GET'}                                      | 204
          {'%%request.httpMethod':{'$in':['PUT','POST']}}                     | 401
          {'%%request.webhookUrl':'/door'}                                    | 204
          {'%%request.rawQueryString':'a=1'}                                  | 204
          {'%%request.httpUserAgent':'test'}                                  | 204
          {'%%request.httpReferrer':{'$exists':false}}                        | 204
          {'%%request':{'service':'','action':''}}                            | 204
          {'%%values.plain':'x'}                                              | 204
          {'%%values.sealed':'s3cret'}                                        | 204
          {'%%values.sealed':'theSecret'}                                     | 401
          {'%%values.broken':{'$exists':false}}                               | 204
          {'%%environment.tag':'production'}                                  | 204
          {'%%environment.values.open':true}                                  | 204
          {'%%user.id':{'$exists':false}}                                     | 204
          {'%%user.id':''}                                                    | 401
          {'%%request.rawQueryString':'%%user.id'}                            | 401
          {'%not':{'%%request.rawQueryString':'%%user.id'}}                   | 401
          {'%%user.type':'system'}                                            | 204
          {'%%root.a':null}                                                   | 401
          {'%nope':1}                                                         | 401
          {'%not':{'%nope':1}}                                                | 401
          """)
  void anExpressionDecidesByTheFactsOfTheRequest(String expression, int status) {
    deploy(
        guardedBy(expression)
            .value(new AppValue.Plain("plain", new BsonString("x")))
            .value(new AppValue.FromSecret("sealed", "theSecret"))
            .value(new AppValue.FromSecret("broken", "noSuchSecret"))
            .secret("theSecret", "s3cret")
            .environment("production", Map.of("open", BsonBoolean.TRUE)));

    HttpResponse<String> response =
        send(
            request(URL + "?a=1").header("X-SECRET-key", "my-secret").header("User-Agent", "test"));

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(invoker.calls()).hasSize(status == 204 ? 1 : 0);
  }

  @Test
  void theExpressionsOfTheEndpointAndOfItsFunctionMustBothBeTrue() {
    Endpoint door =
        evaluated(DOOR, expression("{'%%request.requestHeaders.a':'1'}"), ReturnType.JSON);
    deploy(
        app("shop-abcde")
            .withoutFunction(door)
            .function(
                "open", new RunAs.AsSystem(), expression("{'%%request.requestHeaders.b':'2'}")));

    assertAllowed(request(URL).header("a", "1").header("b", "2"));
    assertDenied(request(URL).header("a", "1"));
    assertDenied(request(URL).header("b", "2"));
  }

  @Test
  void anExpressionComesOnTopOfASecretScheme() {
    Endpoint door = guarded(DOOR, ValidationMethod.SECRET_AS_QUERY_PARAM, "key");
    functionsReturn(BsonBoolean.TRUE);
    deploy(
        app("shop-abcde")
            .withoutFunction(door)
            .function("open", new RunAs.AsSystem(), expression(ASKS))
            .function("mayOpen", new RunAs.Caller(), new BsonDocument())
            .secret("key", "s3cret"));

    assertDenied(request(URL));
    assertDenied(request(URL + "?secret=wrong"));
    assertThat(invoker.functionCalls()).as("calls before the scheme is satisfied").isEmpty();
    assertAllowed(request(URL + "?secret=s3cret"));
    functionsReturn(BsonBoolean.FALSE);
    assertDenied(request(URL + "?secret=s3cret"));
  }

  @Test
  void anUnauthenticatedRequestAsksNoFunction() {
    deploy(
        app("shop-abcde")
            .with(evaluated(DOOR, expression(ASKS), ReturnType.JSON), new RunAs.Caller())
            .function("mayOpen", new RunAs.Caller(), new BsonDocument()));

    assertThat(get(URL).statusCode()).isEqualTo(400);
    assertThat(invoker.functionCalls()).isEmpty();
  }

  @Test
  void aFunctionIsCalledAsTheCallerWithTheFactsOfTheRequest() {
    functionsReturn(BsonBoolean.TRUE);
    deploy(
        guardedBy(
            "{'%%true':{'%function':{'name':'mayOpen','arguments':"
                + "['%%request.httpMethod','%%request.requestHeaders.x-none']}}}"));

    assertAllowed(request(URL + "?a=1"));

    Invocation.FunctionCall call = invoker.functionCalls().getFirst();
    assertThat(call.function()).isEqualTo("mayOpen");
    assertThat(call.arguments()).containsExactly(new BsonString("GET"), new BsonUndefined());
    assertThat(call.envelope().caller()).isEqualTo(Caller.system());
    assertThat(call.requestId()).isEqualTo(invoker.onlyCall().requestId());
    assertThat(call.request().rawQueryString()).isEqualTo("a=1");
    assertThat(call.envelope().timeLimit()).hasSeconds(30);
  }

  @Test
  void oneFunctionIsCalledOnceForBothExpressions() {
    functionsReturn(BsonBoolean.TRUE);
    Endpoint door = evaluated(DOOR, expression("{'%and':[" + ASKS + "]}"), ReturnType.JSON);
    deploy(
        app("shop-abcde")
            .withoutFunction(door)
            .function("open", new RunAs.AsSystem(), expression(ASKS))
            .function("mayOpen", new RunAs.Caller(), new BsonDocument()));

    assertAllowed(request(URL));

    assertThat(invoker.functionCalls()).hasSize(1);
  }

  @Test
  void onlyTrueAllows() {
    deploy(guardedBy(ASKS));

    for (BsonValue value :
        List.of(
            BsonBoolean.FALSE, new BsonString("true"), new BsonUndefined(), new BsonDocument())) {
      functionsReturn(value);
      assertDenied(request(URL));
    }
  }

  @Test
  void aFunctionThatFailsAllowsNothingEvenWhenNegated() {
    deploy(guardedBy("{'%not':" + ASKS + "}"));

    for (Outcome outcome :
        List.of(
            new Outcome.Threw("FunctionExecutionError", "oops"),
            new Outcome.OverLimit(Limit.TIME, "too long"),
            new Outcome.NotFound("mayOpen"),
            new Outcome.Unavailable("full"),
            new Outcome.Lost("gone"),
            responded(new Outcome.Body.None()))) {
      invoker.answersFunctions(_ -> Future.succeededFuture(outcome));
      assertDenied(request(URL));
    }
    invoker.answersFunctions(_ -> Future.failedFuture("the platform broke"));
    assertDenied(request(URL));
    functionsReturn(BsonBoolean.FALSE);
    assertAllowed(request(URL));
  }

  @Test
  void functionsThatNeedAUserOrAnExpressionOfTheirOwnAreNotCalled() {
    functionsReturn(BsonBoolean.TRUE);
    long revision = 1;
    for (RunAs runAs :
        List.of(new RunAs.AsUser("628e47baf4c2ac2796fc8a91"), new RunAs.ByScript("exports = 1"))) {
      deploy(guardedBy(ASKS).function("mayOpen", runAs, new BsonDocument()), revision++);
      assertDenied(request(URL));
    }
    deploy(
        guardedBy(ASKS).function("mayOpen", new RunAs.AsSystem(), expression("{'%not':false}")),
        revision++);
    assertDenied(request(URL));
    deploy(guardedBy("{'%%true':{'%function':{'name':'nobody'}}}"), revision);
    assertDenied(request(URL));
    assertThat(invoker.functionCalls()).isEmpty();
  }

  @Test
  void aFunctionThatTakesItsTimeKeepsNobodyWaiting() throws Exception {
    Promise<Outcome> slow = Promise.promise();
    invoker.answersFunctions(_ -> slow.future());
    deploy(guardedBy(ASKS).with(HttpMethod.GET, "/open", "free"));

    CompletableFuture<HttpResponse<String>> waiting =
        client.sendAsync(request(URL).build(), HttpResponse.BodyHandlers.ofString());
    await(() -> invoker.functionCalls().size() == 1);
    assertThat(get("/app/shop-abcde/endpoint/open").statusCode()).isEqualTo(204);
    slow.complete(new Outcome.Returned(BsonBoolean.TRUE));

    assertThat(waiting.get().statusCode()).isEqualTo(204);
  }

  @Test
  void aNewRevisionBringsItsOwnExpressionAndValues() {
    deploy(guardedBy("{'%%values.open':true}").value(open(true)));
    assertAllowed(request(URL));

    deploy(guardedBy("{'%%values.open':true}").value(open(false)), 2);
    assertDenied(request(URL));
  }

  private static AppValue open(boolean open) {
    return new AppValue.Plain("open", BsonBoolean.valueOf(open));
  }
}
