package dev.berth.jsruntime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.LegacyService;
import dev.berth.appmodel.LegacyService.ServiceRule;
import dev.berth.invocation.Limit;
import dev.berth.invocation.Outcome;
import dev.berth.jsruntime.service.CallScope;
import dev.berth.jsruntime.service.GuestServiceException;
import dev.berth.jsruntime.service.PassedLimitException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What `context.http` asks the host for, and what it makes of the answer.
class HttpClientTest {

  private static final BsonDocument RESPONSE =
      BsonDocument.parse(
          """
          {status: '200 OK', statusCode: 200, contentLength: {$numberLong: '7'},
           headers: {'Content-Type': ['application/json']}, cookies: {a: {value: 'b'}}, text: '{"n":1}'}
          """);

  private final RunningApp app = new RunningApp();
  private final BlockingQueue<BsonDocument> asked = new LinkedBlockingQueue<>();
  private CompletionStage<BsonValue> answer = CompletableFuture.completedFuture(RESPONSE);

  @BeforeEach
  void answerRequests() {
    app.services.put("http", this::answer);
  }

  private CompletionStage<BsonValue> answer(
      CallScope scope, String operation, BsonDocument arguments) {
    assertThat(operation).isEqualTo("send");
    asked.add(arguments);
    return answer;
  }

  @AfterEach
  void close() {
    app.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"get", "post", "put", "patch", "delete", "head"})
  void eachMethodAsksForItself(String method) {
    app.function("main", "exports = () => context.http." + method + "({ url: 'http://a.test' });");

    app.returned("main");

    assertThat(asked)
        .containsExactly(
            new BsonDocument("method", new BsonString(method))
                .append("url", new BsonString("http://a.test")));
  }

  @Test
  void aResponseIsWhatFunctionsExpect() {
    app.function(
        "main",
        """
        exports = async () => {
          const { get } = context.http;
          const response = await get({ url: 'http://a.test' });
          return [response.status, response.statusCode, response.contentLength, response.headers['Content-Type'][0],
            response.cookies.a.value, EJSON.parse(response.body.text()).n, response.body instanceof BSON.Binary,
            Object.keys(response).join()];
        };
        """);

    assertThat(app.returned("main").asArray().getValues())
        .extracting(Object::toString)
        .containsExactlyElementsOf(
            BsonDocument.parse(
                    """
                    {v: ['200 OK', 200, 7, 'application/json', 'b', 1, true,
                         'status,statusCode,contentLength,headers,cookies,body']}
                    """)
                .getArray("v")
                .stream()
                .map(Object::toString)
                .toList());
  }

  @Test
  void anEncodedBodyIsExtendedJson() {
    app.function(
        "main",
        "exports = () => context.http.post({ url: 'http://a.test', body: { n: 1, d: new Date(5) }, encodeBodyAsJSON: true });");

    app.returned("main");

    assertThat(asked.remove())
        .containsEntry(
            "body",
            new BsonString(
                "{\"n\":{\"$numberInt\":\"1\"},\"d\":{\"$date\":{\"$numberLong\":\"5\"}}}"))
        .containsKey("encodedAsJson");
  }

  @Test
  void aFailureCanBeCaughtAndHasACode() {
    answer =
        CompletableFuture.failedFuture(
            new GuestServiceException("RestrictedHost", "not there", null));
    app.function(
        "main",
        """
        exports = async () => {
          try { await context.http.get({ url: 'http://a.test' }); } catch (e) {
            return [e instanceof Error, e.message, e.code].join();
          }
        };
        """);

    assertThat(app.returned("main")).isEqualTo(new BsonString("true,not there,RestrictedHost"));
  }

  @Test
  void aFailureThatIsNotCaughtEndsTheCallWithItsCode() {
    answer =
        CompletableFuture.failedFuture(
            new GuestServiceException("RestrictedHost", "not there", null));
    app.function("main", "exports = () => context.http.get({ url: 'http://a.test' });");

    assertThat(app.call("main")).isEqualTo(new Outcome.Threw("RestrictedHost", "not there"));
  }

  @Test
  void aPassedLimitEndsTheCallAndCannotBeCaught() {
    app.function(
            "main",
            """
        exports = async () => {
          const other = new Promise((resolve) => setTimeout(resolve, 0));
          try {
            await Promise.race([context.http.get({ url: 'http://a.test' }), other.then(() => other)]);
            for (;;) await new Promise((resolve) => setTimeout(resolve, 0));
          } catch (e) { return 'caught ' + e; } finally { return 'still here'; }
        };
        """)
        .function("fine", "exports = () => 'fine';");
    answer = CompletableFuture.failedFuture(new PassedLimitException(Limit.SOCKETS, "too many"));

    assertThat(app.call("main")).isEqualTo(new Outcome.OverLimit(Limit.SOCKETS, "too many"));
    assertThat(app.passed).containsExactly(Limit.SOCKETS);
    assertThat(app.returned("fine")).isEqualTo(new BsonString("fine"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "undefined",
        "null",
        "'http://a.test'",
        "Symbol('x')",
        "{ get url() { throw new Error('getter'); } }",
        "new Proxy({}, { get() { throw new Error('trap'); } })",
        "Proxy.revocable({}, {}).proxy && (() => { const r = Proxy.revocable({}, {}); r.revoke(); return r.proxy; })()",
        "(() => { const a = { url: 'x' }; a.headers = a; return a; })()",
        "{ url: 'x', encodeBodyAsJSON: 'yes' }",
        "{ url: 'x', headers: { '\\u0000': 'x' } }",
        "{ url: 'x', body: { get a() { throw new Error('getter'); } }, encodeBodyAsJSON: true }",
      })
  void hostileArgumentsRejectAndNothingIsSent(String argument) {
    app.function(
        "main",
        """
        exports = async () => {
          const promise = context.http.post(%s);
          try { await promise; return 'sent'; } catch (e) { return e instanceof Error ? 'rejected' : typeof e; }
        };
        """
            .formatted(argument));

    assertThat(app.returned("main")).isEqualTo(new BsonString("rejected"));
    assertThat(asked).isEmpty();
  }

  @Test
  void whatAppCodeDoesToItIsGoneWithTheCall() {
    app.function(
        "main",
        """
        exports = async () => {
          const before = String(typeof context.http.mine) + context.http.get.mine;
          context.http.mine = 1;
          context.http.get.mine = 1;
          context.http.post = () => 'stolen';
          return before;
        };
        """);

    assertThat(app.returned("main")).isEqualTo(new BsonString("undefinedundefined"));
    assertThat(app.returned("main")).isEqualTo(new BsonString("undefinedundefined"));
  }

  @ParameterizedTest
  @CsvSource({
    "get, sent",
    "post, NoMatchingRuleFound",
    "put, NoMatchingRuleFound",
  })
  void anHttpServiceDoesWhatARuleWithoutAConditionAllows(String method, String result) {
    app.service(
            new LegacyService(
                "files",
                "http",
                new BsonDocument(),
                List.of(
                    new ServiceRule("reads", List.of("get"), new BsonDocument()),
                    new ServiceRule(
                        "writes",
                        List.of("put"),
                        BsonDocument.parse("{'%%args.url.host': 'a.test'}"))),
                List.of()))
        .service(new LegacyService("phone", "twilio", new BsonDocument(), List.of(), List.of()))
        .function(
            "main",
            """
            exports = async (method) => {
              if (context.services.get('phone') !== undefined) return 'twilio';
              try {
                await context.services.get('files')[method]({ url: 'http://a.test' });
                return 'sent';
              } catch (e) { return e.code; }
            };
            """);

    assertThat(app.returned("main", new BsonString(method))).isEqualTo(new BsonString(result));
  }
}
