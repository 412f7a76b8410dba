package dev.berth.jsruntime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.AppId;
import dev.berth.appmodel.Revision;
import dev.berth.invocation.Caller;
import dev.berth.invocation.EndpointRequest;
import dev.berth.invocation.Header;
import dev.berth.invocation.Invocation;
import dev.berth.invocation.Outcome;
import dev.berth.invocation.RequestFacts;
import dev.berth.invocation.RequestId;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonUndefined;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What an endpoint function gets and what becomes of what it does.
class EndpointFunctionTest {

  private final RunningApp app = new RunningApp();

  @AfterEach
  void close() {
    app.close();
  }

  private static Buffer allBytes() {
    byte[] bytes = new byte[256];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    return Buffer.buffer(bytes);
  }

  /// Runs the body of an endpoint function that sees the usual request.
  private Outcome.Responded run(String body) {
    return run(body, null);
  }

  private Outcome.Responded run(String body, @Nullable Buffer content) {
    app.function("main", "exports = async (request, response) => {" + body + "};");
    return app.responded("main", content);
  }

  private BsonValue result(String body) {
    return result(body, null);
  }

  private BsonValue result(String body, @Nullable Buffer content) {
    return resultOf(run(body, content));
  }

  private static BsonValue resultOf(Outcome.Responded responded) {
    return switch (responded.body()) {
      case Outcome.Body.Result(BsonValue value) -> value;
      case Outcome.Body other -> throw new AssertionError("no result: " + other);
    };
  }

  private static Buffer content(Outcome.Responded responded) {
    return switch (responded.body()) {
      case Outcome.Body.Bytes(Buffer content, _) -> content;
      case Outcome.Body other -> throw new AssertionError("no content: " + other);
    };
  }

  private Outcome call(
      List<EndpointRequest.QueryParameter> query, List<Header> headers, boolean wantsResult) {
    RequestFacts facts = new RequestFacts("::1", "GET", "/a/b", "", headers);
    return app.run(
        new Invocation.EndpointCall(
            new Invocation.Envelope(
                new AppId("test-abcde"),
                new Revision(1),
                RequestId.next(),
                Caller.system(),
                Duration.ofSeconds(20)),
            "main",
            new EndpointRequest(facts, query, null),
            wantsResult));
  }

  @Nested
  class Request {

    @Test
    void theFirstValueOfARepeatedParameterCounts() {
      app.function("main", "exports = (request) => request.query;");
      var query =
          List.of(
              new EndpointRequest.QueryParameter("a", "1"),
              new EndpointRequest.QueryParameter("regions", "na,eu"),
              new EndpointRequest.QueryParameter("a", "2"),
              new EndpointRequest.QueryParameter("", ""),
              new EndpointRequest.QueryParameter("toString", "é"));

      Outcome outcome = call(query, List.of(), true);

      assertThat(resultOf((Outcome.Responded) outcome))
          .isEqualTo(BsonDocument.parse("{a: '1', regions: 'na,eu', '': '', toString: 'é'}"));
    }

    @Test
    void parametersNamedLikePartsOfObjectsAreData() {
      assertThat(result("return [request.query.__proto__, Object.keys(request.query)];"))
          .isEqualTo(BsonArray.parse("['x', ['a', 'b', '__proto__']]"));
    }

    @Test
    void headersEnumerateAsSentAndAreFoundInAnyCase() {
      assertThat(
              result(
                  """
                  return { names: Object.keys(request.headers), twice: request.headers['x-tWICE'],
                    type: request.headers['content-type'][0], none: request.headers.Nothing === undefined,
                    array: Array.isArray(request.headers['X-Twice']), json: JSON.parse(JSON.stringify(request.headers)) };
                  """))
          .isEqualTo(
              BsonDocument.parse(
                  """
                  {names: ['Content-Type', 'X-Twice', 'User-Agent'], twice: ['1', '2'], type: 'application/json',
                   none: true, array: true,
                   json: {'Content-Type': ['application/json'], 'X-Twice': ['1', '2'], 'User-Agent': ['test']}}
                  """));
    }

    @Test
    void aHeaderNamedLikeAPartOfObjectsIsAHeader() {
      app.function(
          "main",
          "exports = (request) => [request.headers.Constructor, request.headers.__proto__];");

      Outcome outcome =
          call(
              List.of(),
              List.of(new Header("Constructor", "c"), new Header("__proto__", "p")),
              true);

      assertThat(resultOf((Outcome.Responded) outcome))
          .isEqualTo(BsonArray.parse("[['c'], ['p']]"));
    }

    @Test
    void whatACalledFunctionWritesIntoTheRequestIsSeenByItsCaller() {
      app.function(
          "guard",
          "exports = (request) => { request.headers.user = { name: 'ann' }; request.extra = 1; delete request.query.a; };");

      assertThat(
              result(
                  """
                  context.functions.execute('guard', request);
                  return [request.headers.user.name, request.headers.USER.name, request.extra, request.query.a === undefined];
                  """))
          .isEqualTo(BsonArray.parse("['ann', 'ann', 1, true]"));
    }

    @Test
    void theResponseWorksInACalledFunction() {
      app.function("refuse", "exports = (response) => response.setStatusCode(403).setBody('no');");

      Outcome.Responded responded = run("context.functions.execute('refuse', response); return 1;");

      assertThat(responded.status()).isEqualTo(403);
      assertThat(content(responded)).isEqualTo(Buffer.buffer("no"));
    }

    @Test
    void withoutContentTheBodyIsUndefined() {
      assertThat(result("return request.body === undefined && 'body' in request;"))
          .isEqualTo(BsonBoolean.TRUE);
    }

    @Test
    void emptyContentIsAnEmptyBinary() {
      assertThat(result("return [request.body.text(), request.body.toHex()];", Buffer.buffer()))
          .isEqualTo(BsonArray.parse("['', '']"));
    }

    @Test
    void textOfTheBodyIsItsUtf8() {
      assertThat(
              result(
                  "return [request.body instanceof BSON.Binary, request.body.text(), String(request.body)];",
                  Buffer.buffer("{\"a\":\"grüße 漢 😀 \u0000\"}")))
          .isEqualTo(
              new BsonArray(
                  List.of(
                      BsonBoolean.TRUE,
                      new BsonString("{\"a\":\"grüße 漢 😀 \u0000\"}"),
                      new BsonString("{\"a\":\"grüße 漢 😀 \u0000\"}"))));
    }

    @Test
    void everyByteOfABodyThatIsNoTextSurvives() {
      byte[] bytes = allBytes().getBytes();

      assertThat(
              result(
                  "request.body.text(); return [request.body.toHex(), request.body.toBase64()];",
                  allBytes()))
          .isEqualTo(
              new BsonArray(
                  List.of(
                      new BsonString(HexFormat.of().formatHex(bytes)),
                      new BsonString(Base64.getEncoder().encodeToString(bytes)))));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "00",
          "efbbbf78",
          "efbfbd",
          "c3",
          "c3a4",
          "eda080",
          "f09f9880",
          "80ff",
          "fe"
        })
    void aBodyIsSentBackByteForByteWhetherItWasLookedAtOrNot(String hex) {
      Buffer body = Buffer.buffer(HexFormat.of().parseHex(hex));
      app.function("main", "exports = (request, response) => { response.setBody(request.body); };");
      app.function(
          "look",
          "exports = ({ body }, response) => { body.text(); body.toHex(); response.setBody(body); body.toBase64(); };");

      assertThat(content(app.responded("main", body))).isEqualTo(body);
      assertThat(content(app.responded("look", body))).isEqualTo(body);
    }

    @Test
    void theContextTellsOfTheRequest() {
      assertThat(result("return { ...context.request };"))
          .isEqualTo(
              BsonDocument.parse(
                      """
                      {remoteIPAddress: '127.0.0.1',
                       requestHeaders: {'Content-Type': ['application/json'], 'X-Twice': ['1', '2'], 'User-Agent': ['test']},
                       rawQueryString: 'a=1&b=%20', httpReferrer: null, httpUserAgent: 'test', service: '', action: '',
                       httpMethod: 'POST', webhookUrl: '/route'}
                      """)
                  .append("httpReferrer", new BsonUndefined()));
    }

    @Test
    void whatAClientDidNotSendIsUndefined() {
      app.function(
          "main",
          """
          exports = () => [context.request.httpReferrer === undefined, context.request.httpUserAgent === undefined,
            context.request.rawQueryString, context.request.httpMethod, context.request.webhookUrl];
          """);

      assertThat(resultOf((Outcome.Responded) call(List.of(), List.of(), true)))
          .isEqualTo(BsonArray.parse("[true, true, '', 'GET', '/a/b']"));
    }

    @Test
    void theReferrerIsTheHeaderThatIsSpeltWithOneR() {
      app.function("main", "exports = () => context.request.httpReferrer;");

      assertThat(
              resultOf(
                  (Outcome.Responded)
                      call(List.of(), List.of(new Header("Referer", "http://a")), true)))
          .isEqualTo(new BsonString("http://a"));
    }

    @Test
    void aPlainCallHasNeitherMethodNorRoute() {
      app.function(
          "main",
          "exports = () => ['httpMethod' in context.request, context.request.webhookUrl === undefined];");

      assertThat(app.returned("main")).isEqualTo(BsonArray.parse("[false, true]"));
    }
  }

  @Nested
  class Response {

    @Test
    void everyMethodReturnsTheResponse() {
      Outcome.Responded responded =
          run(
              "response.setStatusCode(201).setHeader('A', '1').addHeader('A', '2').setBody('x').setStatusCode(202);");

      assertThat(responded.status()).isEqualTo(202);
      assertThat(responded.headers()).containsExactly(new Header("A", "1"), new Header("A", "2"));
      assertThat(responded.body()).isEqualTo(new Outcome.Body.Bytes(Buffer.buffer("x"), true));
    }

    @Test
    void setReplacesInAnyCaseAndAddAppends() {
      Outcome.Responded responded =
          run(
              """
              response.addHeader('Cache-Control', 'max-age=600').addHeader('Cache-Control', 'min-fresh=60');
              response.setHeader('X-a', '1').addHeader('x-A', '2').addHeader('Other', '3').setHeader('X-A', '4');
              """);

      assertThat(responded.headers())
          .containsExactly(
              new Header("Cache-Control", "max-age=600"),
              new Header("Cache-Control", "min-fresh=60"),
              new Header("Other", "3"),
              new Header("X-A", "4"));
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "setStatusCode()             | setStatusCode takes",
          "setStatusCode('abc')        | setStatusCode takes",
          "setStatusCode('')           | setStatusCode takes",
          "setStatusCode(null)         | setStatusCode takes",
          "setStatusCode(true)         | setStatusCode takes",
          "setStatusCode([200])        | setStatusCode takes",
          "setStatusCode({})           | setStatusCode takes",
          "setStatusCode(99)           | setStatusCode takes",
          "setStatusCode(600)          | setStatusCode takes",
          "setStatusCode(200.5)        | setStatusCode takes",
          "setBody()                   | setBody takes",
          "setBody(null)               | setBody takes",
          "setBody(5)                  | setBody takes",
          "setBody(x => x)             | setBody takes",
          "setBody(BSON.ObjectId())    | setBody takes",
          "setHeader('A')              | a header value must be",
          "setHeader('A', {})          | a header value must be",
          "setHeader(undefined, 'a')   | a header name must be",
          "addHeader('A', ['x'])       | a header value must be",
          "addHeader(Symbol('x'), 'x') | a header name must be",
        })
    void aWrongArgumentThrowsAndChangesNothing(String call, String message) {
      Outcome.Responded responded =
          run(
              "try { response."
                  + call
                  + "; return 'accepted'; } catch (e) { return e.name + ' ' + e.message; }");

      assertThat(resultOf(responded).asString().getValue()).startsWith("TypeError " + message);
      assertThat(responded.status()).isNull();
      assertThat(responded.headers()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "response.setBody(BSON.Binary.fromHex(hex))",
          "response.setBody(BSON.Binary.fromBase64(BSON.Binary.fromHex(hex).toBase64()))",
          "const b = BSON.Binary.fromHex(hex); b.text(); response.setBody(b)",
          "const b = BSON.Binary.fromHex(hex); response.setBody(new Uint8Array(b.buffer))",
          "const b = BSON.Binary.fromHex(hex); response.setBody(b.buffer.buffer)",
        })
    void aBinaryBodyIsSentByteForByte(String code) {
      String hex = HexFormat.of().formatHex(allBytes().getBytes());

      assertThat(content(run("const hex = '" + hex + "'; " + code))).isEqualTo(allBytes());
    }

    @Test
    void aBodyOfTextIsUtf8AndABodyOfBytesIsNotText() {
      app.function("text", "exports = (request, response) => { response.setBody('grüße 😀'); };");
      app.function(
          "bytes",
          "exports = (request, response) => { response.setBody(BSON.Binary.fromHex('80')); };");

      assertThat(app.responded("text", null).body())
          .isEqualTo(new Outcome.Body.Bytes(Buffer.buffer("grüße 😀"), true));
      assertThat(app.responded("bytes", null).body())
          .isEqualTo(new Outcome.Body.Bytes(Buffer.buffer(new byte[] {(byte) 0x80}), false));
    }

    @Test
    void halfACharacterBecomesAReplacementCharacter() {
      assertThat(content(run("response.setBody('a\\uD800b')")))
          .isEqualTo(Buffer.buffer("a\uFFFDb"));
    }

    @Test
    void theLastBodyCounts() {
      assertThat(content(run("response.setBody('a'); response.setBody('b'); return 'c';")))
          .isEqualTo(Buffer.buffer("b"));
    }

    @Test
    void anEmptyBodyIsABody() {
      assertThat(content(run("response.setBody(''); return 'c';"))).isEqualTo(Buffer.buffer());
    }

    @Test
    void aResponseCanBeMadeToTryAFunctionOut() {
      app.function(
          "endpoint", "exports = (request, response) => response.setStatusCode(201).setBody('x');");

      assertThat(
              result(
                  """
                  const own = new HTTPResponse();
                  return context.functions.execute('endpoint', {}, own) === own && own instanceof HTTPResponse;
                  """))
          .isEqualTo(BsonBoolean.TRUE);
    }

    @Test
    void unawaitedWorkMaySetTheResponse() {
      Outcome.Responded responded =
          run(
              """
              setTimeout(() => response.setStatusCode(201), 1);
              new Promise(done => setTimeout(done, 2)).then(() => response.setBody('late'));
              return 'early';
              """);

      assertThat(responded.status()).isEqualTo(201);
      assertThat(content(responded)).isEqualTo(Buffer.buffer("late"));
    }

    @Test
    void aRejectionThatNobodyHandlesDoesNotFailTheCall() {
      assertThat(result("Promise.reject(new Error('unseen')); return 1;"))
          .isEqualTo(new BsonInt32(1));
    }

    @Test
    void aMethodNeedsItsResponse() {
      assertThat(
              result(
                  "try { const { setBody } = response; setBody('x'); } catch (e) { return e.name; }"))
          .isEqualTo(new BsonString("TypeError"));
    }
  }

  @Nested
  class Result {

    @Test
    void everyTypeIsAResult() {
      assertThat(
              result(
                  """
                  return { s: 's', yes: true, nothing: null, no: undefined, list: [1, undefined], int: 10, long: 2 ** 40,
                    double: 10.5, decimal: BSON.Decimal128('9823.1297'), date: new Date(1654589430998),
                    oid: BSON.ObjectId('507f1f77bcf86cd799439011'), binary: BSON.Binary.fromHex('80ff', 5),
                    ts: BSON.Timestamp(1, 2), regex: /a/i, min: BSON.MinKey(), max: BSON.MaxKey(), f() {} };
                  """))
          .isEqualTo(
              BsonDocument.parse(
                  """
                  {s: 's', yes: true, nothing: null, no: {$undefined: true}, list: [1, {$undefined: true}], int: 10,
                   long: {$numberLong: '1099511627776'}, double: 10.5, decimal: {$numberDecimal: '9823.1297'},
                   date: {$date: {$numberLong: '1654589430998'}}, oid: {$oid: '507f1f77bcf86cd799439011'},
                   binary: {$binary: {base64: 'gP8=', subType: '05'}}, ts: {$timestamp: {t: 1, i: 2}},
                   regex: {$regularExpression: {pattern: 'a', options: 'i'}}, min: {$minKey: 1}, max: {$maxKey: 1}}
                  """));
    }

    @Test
    void aStatusAndHeadersGoWithTheResult() {
      Outcome.Responded responded =
          run("response.setStatusCode(201).setHeader('A', 'b'); return 1;");

      assertThat(responded.status()).isEqualTo(201);
      assertThat(responded.headers()).containsExactly(new Header("A", "b"));
      assertThat(resultOf(responded)).isEqualTo(new BsonInt32(1));
    }

    @Test
    void returningNothingIsUndefined() {
      assertThat(result("")).isEqualTo(new BsonUndefined());
    }

    @Test
    void anUnwantedResultIsDropped() {
      app.function(
          "main", "exports = (request, response) => { response.setStatusCode(202); return 1; };");

      assertThat(call(List.of(), List.of(), false))
          .isEqualTo(new Outcome.Responded(202, List.of(), new Outcome.Body.None()));
    }
  }
}
