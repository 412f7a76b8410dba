package dev.berth.gateway;

import static dev.berth.gateway.TestApps.app;
import static dev.berth.gateway.TestApps.endpoint;
import static dev.berth.gateway.TestApps.evaluated;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.HttpMethod;
import dev.berth.appmodel.ReturnType;
import dev.berth.appmodel.RunAs;
import dev.berth.ejson.Ejson;
import dev.berth.invocation.Header;
import dev.berth.invocation.Limit;
import dev.berth.invocation.Outcome;
import dev.berth.invocation.Outcome.Body;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.bson.BsonArray;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonUndefined;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseTest extends GatewayTestBase {

  private static final String URL = "/app/shop-abcde/endpoint/hello/latest";
  private static final BsonDocument GREETING =
      new BsonDocument("greeting", new BsonString("Hello, Leafie!"))
          .append("date", new BsonDateTime(1654589430998L));

  @BeforeEach
  void deployHello() {
    deployReturning(ReturnType.JSON, 1);
  }

  private void deployReturning(ReturnType type, long revision) {
    deploy(
        app("shop-abcde")
            .with(
                evaluated(
                    endpoint(HttpMethod.ANY, "/hello/latest", "hello"), new BsonDocument(), type),
                new RunAs.AsSystem()),
        revision);
  }

  private HttpResponse<String> answering(Outcome outcome) {
    invoker.answers(outcome);
    return get(URL);
  }

  private static Outcome respondedWith(@Nullable Integer status, Body body, Header... headers) {
    return new Outcome.Responded(status, List.of(headers), body);
  }

  private static Body bytes(String text) {
    return new Body.Bytes(Buffer.buffer(text), true);
  }

  @Test
  void aSetBodyIsSentVerbatim() {
    HttpResponse<String> response = answering(respondedWith(201, bytes(" grün <b>")));

    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(response.body()).isEqualTo(" grün <b>");
    assertThat(header(response, "Content-Type")).isEqualTo("text/plain; charset=utf-8");
  }

  @Test
  void aSetBodyWithoutAStatusIsOk() {
    assertThat(answering(respondedWith(null, bytes("x"))).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'{\"a\":1}'|          application/json",
        "'  [1]\n'|            application/json",
        "'{ not closed'|       text/plain; charset=utf-8",
        "'<html></html>'|      text/plain; charset=utf-8",
        "'['|                  text/plain; charset=utf-8",
        "'   '|                text/plain; charset=utf-8",
        "''|                   text/plain; charset=utf-8",
      })
  void theContentTypeOfASetBodyIsGuessedButNeverHtml(String body, String contentType) {
    HttpResponse<String> response = answering(respondedWith(null, bytes(body)));

    assertThat(header(response, "Content-Type")).isEqualTo(contentType);
    assertThat(response.body()).isEqualTo(body);
  }

  @Test
  void bytesAreAnOctetStream() {
    HttpResponse<String> response =
        answering(respondedWith(null, new Body.Bytes(Buffer.buffer("{}"), false)));

    assertThat(header(response, "Content-Type")).isEqualTo("application/octet-stream");
  }

  @Test
  void theFunctionsContentTypeWins() {
    HttpResponse<String> response =
        answering(respondedWith(null, bytes("{}"), new Header("content-type", "text/html")));

    assertThat(header(response, "Content-Type")).isEqualTo("text/html");
  }

  @Test
  void nothingIsNoContent() throws IOException {
    invoker.answers(respondedWith(null, new Body.None(), new Header("Content-Type", "a/b")));
    try (RawConnection connection = raw()) {
      connection.send("GET " + URL + " HTTP/1.1\r\nHost: h\r\n\r\n");
      RawConnection.Response response = connection.read();

      assertThat(response.status()).isEqualTo(204);
      assertThat(response.headers())
          .doesNotContainKeys("content-type", "content-length", "transfer-encoding");
    }
  }

  @Test
  void aStatusAloneIsSentAlone() {
    HttpResponse<String> response = answering(respondedWith(202, new Body.None()));

    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(response.body()).isEmpty();
    assertThat(header(response, "Content-Length")).isEqualTo("0");
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 205, 304})
  void statusesWithoutABodyHaveNone(int status) throws IOException {
    invoker.answers(respondedWith(status, bytes("text")));
    try (RawConnection connection = raw()) {
      connection.send("GET " + URL + " HTTP/1.1\r\nHost: h\r\n\r\n");
      assertThat(connection.read().status()).isEqualTo(status);
      // The next response starts right where this one ended.
      invoker.answers(respondedWith(200, bytes("next")));
      connection.send("GET " + URL + " HTTP/1.1\r\nHost: h\r\n\r\n");
      assertThat(connection.read().body()).isEqualTo("next");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "JSON|  ''| json",
        "EJSON| ''| ejson",
        "JSON|  application/ejson| ejson",
        "EJSON| application/json| json",
        "EJSON| text/html, application/JSON;q=0.5| json",
        "JSON|  'application/ejson, application/json'| ejson",
        "EJSON| 'application/json, application/ejson'| json",
        "JSON|  */*| json",
        "EJSON| text/plain| ejson",
      })
  void theFormatOfAResultIsWhatIsAcceptedElseTheEndpoints(
      ReturnType endpoint, String accept, String format) {
    deployReturning(endpoint, 2);
    invoker.answers(responded(new Body.Result(GREETING)));

    HttpResponse<String> response =
        send(accept.isEmpty() ? request(URL) : request(URL).header("Accept", accept));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(header(response, "Content-Type")).isEqualTo("application/" + format);
    assertThat(response.body())
        .isEqualTo(
            format.equals("json")
                ? "{\"greeting\":\"Hello, Leafie!\",\"date\":\"2022-06-07T08:10:30.998Z\"}"
                : "{\"greeting\":\"Hello, Leafie!\","
                    + "\"date\":{\"$date\":{\"$numberLong\":\"1654589430998\"}}}");
  }

  @Test
  void undefinedIsNull() {
    HttpResponse<String> response = answering(responded(new Body.Result(new BsonUndefined())));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("null");
    assertThat(header(response, "Content-Type")).isEqualTo("application/json");
  }

  @Test
  void aResultKeepsTheStatusOfTheFunction() {
    HttpResponse<String> response =
        answering(respondedWith(201, new Body.Result(new BsonString("made"))));

    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(response.body()).isEqualTo("\"made\"");
  }

  @Test
  void aResultThatIsTooDeepIsTheFunctionsFault() {
    BsonValue deep = new BsonInt32(1);
    for (int i = 0; i < 1000; i++) {
      deep = new BsonArray(List.of(deep));
    }

    HttpResponse<String> response = answering(responded(new Body.Result(deep)));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("FunctionExecutionError");
  }

  static Stream<BsonValue> largeValues() {
    BsonValue nested = new BsonInt32(1);
    for (int i = 0; i < 150; i++) {
      nested = new BsonArray(List.of(nested));
    }
    return Stream.of(
        new BsonString("x".repeat(1 << 20)),
        new BsonArray(Collections.nCopies(100_000, new BsonInt32(7))),
        new BsonDocument("k".repeat(100_000), new BsonInt32(1)),
        nested);
  }

  @ParameterizedTest
  @MethodSource("largeValues")
  void aLargeResultIsWrittenLikeASmallOne(BsonValue value) {
    HttpResponse<String> response = answering(responded(new Body.Result(value)));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo(Ejson.plain(value));
  }

  @Test
  void aLargeResultDoesNotKeepTheEventLoop() {
    AtomicInteger onOtherThreads = new AtomicInteger();
    BsonArray value =
        new BsonArray(Collections.nCopies(100_000, new BsonInt32(7))) {
          @Override
          public BsonArray asArray() {
            if (Context.isOnWorkerThread()) {
              onOtherThreads.incrementAndGet();
            }
            return super.asArray();
          }
        };

    answering(responded(new Body.Result(value)));

    assertThat(onOtherThreads).hasPositiveValue();
  }

  @Test
  void severalValuesOfOneHeaderAreSeveralLines() {
    HttpResponse<String> response =
        answering(
            respondedWith(
                200,
                bytes("x"),
                new Header("Cache-Control", "max-age=600"),
                new Header("Cache-Control", "min-fresh=60")));

    assertThat(response.headers().allValues("Cache-Control"))
        .containsExactly("max-age=600", "min-fresh=60");
  }

  @Test
  void headerValuesAreWrittenAsUtf8() {
    HttpResponse<String> response =
        answering(respondedWith(200, bytes("x"), new Header("Colour", "grün €")));

    assertThat(header(response, "Colour").getBytes(StandardCharsets.ISO_8859_1))
        .isEqualTo("grün €".getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource({
    "X-A,       'v\r\nX-Injected: 1'",
    "X-A,       'v\nX-Injected: 1'",
    "'X A',     v",
    "'X-A:',    v",
    "'X\r\nB',  v",
    "'',        v",
  })
  void headersThatWouldBreakOutAreTheFunctionsFault(String name, String value) {
    HttpResponse<String> response =
        answering(respondedWith(200, bytes("x"), new Header(name, value)));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("\"error_code\":\"FunctionExecutionError\"");
    assertThat(response.headers().firstValue("X-Injected")).isEmpty();
  }

  @Test
  void headersOfTheConnectionAreNotTheFunctionsToSet() {
    HttpResponse<String> response =
        answering(
            respondedWith(
                200,
                bytes("four"),
                new Header("Content-Length", "1"),
                new Header("Transfer-Encoding", "chunked"),
                new Header("CONNECTION", "close"),
                new Header("X-Berth-Request-Id", "forged")));

    assertThat(response.body()).isEqualTo("four");
    assertThat(header(response, "Content-Length")).isEqualTo("4");
    assertThat(response.headers().firstValue("Connection")).isEmpty();
    assertThat(header(response, "X-Berth-Request-Id"))
        .isEqualTo(invoker.onlyCall().requestId().value());
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 99, 100, 101, 199, 600, 1000})
  void aStatusThatIsNoneIsTheFunctionsFault(int status) {
    HttpResponse<String> response = answering(respondedWith(status, bytes("x")));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("\"error_code\":\"FunctionExecutionError\"");
  }

  @Test
  void headRunsTheFunctionAndDropsTheBody() throws IOException {
    invoker.answers(respondedWith(200, bytes("four")));
    HttpResponse<String> response = send(request(URL).method("HEAD", BodyPublishers.noBody()));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(header(response, "Content-Length")).isEqualTo("4");
    assertThat(invoker.onlyCall().request().facts().method()).isEqualTo("HEAD");
  }

  @Test
  void aThrownErrorIsABadRequestWithItsCode() {
    HttpResponse<String> response =
        answering(new Outcome.Threw("FunctionExecutionError", "a \"quoted\"\nmessage"));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(header(response, "Content-Type")).isEqualTo("application/json");
    assertThat(response.body())
        .isEqualTo(
            "{\"error\":\"a \\\"quoted\\\"\\nmessage\","
                + "\"error_code\":\"FunctionExecutionError\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "TIME,             execution time limit exceeded, ExecutionTimeLimitExceeded",
    "ASYNC_OPERATIONS, as it says,                    FunctionExecutionError",
    "RESPONSE_SIZE,    as it says,                    FunctionExecutionError",
  })
  void aLimitIsABadRequest(Limit limit, String error, String code) {
    HttpResponse<String> response = answering(new Outcome.OverLimit(limit, "as it says"));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body())
        .isEqualTo("{\"error\":\"%s\",\"error_code\":\"%s\"}".formatted(error, code));
  }

  @Test
  void aFunctionThatIsNotThereIsNotFound() {
    HttpResponse<String> response = answering(new Outcome.NotFound("hello"));

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body())
        .isEqualTo(
            "{\"error\":\"function not found: 'hello'\",\"error_code\":\"FunctionNotFound\"}");
  }

  @Test
  void unavailableSaysWhenToTryAgainAndNotWhy() {
    HttpResponse<String> response = answering(new Outcome.Unavailable("worker 7 is full"));

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(header(response, "Retry-After")).isEqualTo("1");
    assertThat(response.body()).doesNotContain("worker 7");
  }

  @Test
  void whereNoWorkerIsInTheRegionOfAnAppItIsNamed() {
    HttpResponse<String> response = answering(Outcome.Unavailable.in("aws-eu-west-1"));

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(header(response, "Retry-After")).isEqualTo("1");
    assertThat(response.body()).contains("no worker is there in the region aws-eu-west-1");
  }

  @Test
  void aBrokenPlatformTellsNoDetails() {
    String body = "{\"error\":\"internal server error\",\"error_code\":\"InternalServerError\"}";
    invoker.answers(call -> Future.failedFuture(new IllegalStateException("host detail")));
    HttpResponse<String> failed = get(URL);
    invoker.answers(
        call -> {
          throw new IllegalStateException("host detail");
        });
    HttpResponse<String> thrown = get(URL);
    invoker.answers(new Outcome.Returned(new BsonInt32(1)));
    HttpResponse<String> returned = get(URL);

    assertThat(List.of(failed, thrown, returned))
        .allSatisfy(
            response -> {
              assertThat(response.statusCode()).isEqualTo(500);
              assertThat(response.body()).isEqualTo(body);
            });
  }

  @Test
  void anyOriginMayReadUnlessTheFunctionSaysOtherwise() {
    HttpResponse<String> open = answering(respondedWith(200, bytes("x")));
    HttpResponse<String> own =
        answering(
            respondedWith(
                200, bytes("x"), new Header("access-control-allow-origin", "https://a.example")));
    HttpResponse<String> error = answering(new Outcome.NotFound("hello"));

    assertThat(header(open, "Access-Control-Allow-Origin")).isEqualTo("*");
    assertThat(header(own, "Access-Control-Allow-Origin")).isEqualTo("https://a.example");
    assertThat(header(error, "Access-Control-Allow-Origin")).isEqualTo("*");
  }

  @Test
  void aPreflightIsGrantedAllButCredentialHeaders() throws IOException {
    try (RawConnection connection = raw()) {
      connection.send(
          "OPTIONS "
              + URL
              + " HTTP/1.1\r\nHost: h\r\nOrigin: https://a.example\r\n"
              + "Access-Control-Request-Method: PUT\r\n"
              + "Access-Control-Request-Headers: x-mine, APIKEY, password, b@d\r\n\r\n");
      RawConnection.Response response = connection.read();

      assertThat(response.status()).isEqualTo(204);
      assertThat(response.headers())
          .containsEntry("access-control-allow-origin", "*")
          .containsEntry("access-control-allow-methods", "GET, POST, PUT, PATCH, DELETE, HEAD")
          .containsEntry(
              "access-control-allow-headers", "Authorization, Content-Type, Accept, x-mine");
    }
    assertThat(invoker.calls()).isEmpty();
  }
}
