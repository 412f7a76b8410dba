package dev.berth.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.jsruntime.service.GuestServiceException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests as app code describes them, and what a server makes of them.
@Timeout(120)
class HttpServiceTest {

  /// A request as a server saw it.
  private record Seen(String method, String uri, List<String> headers, String body) {}

  private final Requests requests = Requests.anywhere();
  private final BlockingQueue<Seen> seen = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    requests.close();
  }

  /// Remembers a request and answers `fine`.
  private void remember(HttpServerRequest request) {
    request
        .body()
        .onSuccess(
            body -> {
              List<String> headers =
                  request.headers().entries().stream()
                      .map(header -> header.getKey() + ": " + header.getValue())
                      .toList();
              seen.add(
                  new Seen(
                      request.method().name(), request.uri(), headers, body.toString("UTF-8")));
              request.response().end("fine");
            });
  }

  private String rememberingServer() {
    return Requests.ALLOWED + ":" + requests.serve(this::remember);
  }

  @Test
  void aResponseArrivesWhole() {
    int port =
        requests.serve(
            request ->
                request
                    .response()
                    .setStatusCode(201)
                    .putHeader("content-type", "text/plain")
                    .putHeader("X-MANY", (Iterable<String>) List.of("a", "b"))
                    .putHeader("Set-Cookie", "id=7; Path=/; Max-Age=60; HttpOnly")
                    .end("grüße"));

    BsonDocument response =
        requests.response("{method: 'get', url: 'http://127.0.0.2:%d/'}".formatted(port));

    assertThat(response)
        .containsEntry("status", new BsonString("201 Created"))
        .containsEntry("statusCode", new BsonInt32(201))
        .containsEntry("contentLength", new BsonInt64(7))
        .containsEntry("text", new BsonString("grüße"));
    assertThat(response.getDocument("headers"))
        .containsEntry("Content-Type", BsonArray.parse("['text/plain']"))
        .containsEntry("X-Many", BsonArray.parse("['a', 'b']"));
    assertThat(response.getDocument("cookies"))
        .isEqualTo(
            BsonDocument.parse(
                "{id: {value: '7', path: '/', maxAge: 60, secure: false, httpOnly: true}}"));
  }

  @Test
  void aBodyThatIsNoTextArrivesAsItsBytes() {
    byte[] bytes = {0, 1, (byte) 0xff, 65};
    int port = requests.serve(request -> request.response().end(Buffer.buffer(bytes)));

    BsonDocument response =
        requests.response("{method: 'get', url: 'http://127.0.0.2:%d/'}".formatted(port));

    assertThat(response).containsEntry("body", new BsonBinary(bytes)).doesNotContainKey("text");
  }

  @Test
  void aBodyOfUnknownLengthSaysSo() {
    int port = requests.serve(request -> request.response().setChunked(true).end("x"));

    BsonDocument response =
        requests.response("{method: 'get', url: 'http://127.0.0.2:%d/'}".formatted(port));

    assertThat(response)
        .containsEntry("contentLength", new BsonInt64(-1))
        .containsEntry("text", new BsonString("x"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"get", "post", "put", "patch", "delete", "head"})
  void everyMethodIsSent(String method) {
    String server = rememberingServer();

    BsonDocument response =
        requests.response("{method: '%s', url: 'http://%s/x?y=1'}".formatted(method, server));

    assertThat(response).containsEntry("statusCode", new BsonInt32(200));
    assertThat(seen.remove())
        .satisfies(
            request -> assertThat(request.method()).isEqualToIgnoringCase(method),
            request -> assertThat(request.uri()).isEqualTo("/x?y=1"),
            request -> assertThat(request.headers()).contains("host: " + server));
  }

  @Test
  void aUrlMayComeInParts() {
    String server = rememberingServer();

    requests.response(
        "{method: 'get', scheme: 'http', host: '%s', path: 'a b/c', query: {x: ['1', '&'], y: 'é'}, fragment: 'f'}"
            .formatted(server));

    assertThat(seen.remove().uri()).isEqualTo("/a%20b/c?x=1&x=%26&y=%C3%A9");
  }

  @Test
  void headersCookiesAndBodyAreSent() {
    String server = rememberingServer();

    requests.response(
        """
        {method: 'post', url: 'http://%s/', headers: {'X-List': ['a', 'b'], 'X-One': 'c', 'User-Agent': ['me'], 'X-Wide': ['é']},
         cookies: {a: '1', b: {value: '2'}}, body: 'grüße'}
        """
            .formatted(server));

    Seen request = seen.remove();
    assertThat(request.body()).isEqualTo("grüße");
    assertThat(request.headers())
        .contains("X-List: a", "X-List: b", "X-One: c", "User-Agent: me", "Cookie: a=1; b=2");
    assertThat(request.headers()).contains("X-Wide: \u00c3\u00a9");
  }

  @Test
  void anEncodedBodyIsJsonUnlessAppCodeSaysOtherwise() {
    String server = rememberingServer();

    requests.response(
        "{method: 'post', url: 'http://%s/', body: '{}', encodedAsJson: true}".formatted(server));
    requests.response(
        "{method: 'post', url: 'http://%s/', body: '{}', encodedAsJson: true, headers: {'content-type': ['a/b']}}"
            .formatted(server));

    assertThat(seen.remove().headers()).contains("Content-Type: application/json");
    assertThat(seen.remove().headers())
        .contains("content-type: a/b")
        .doesNotContain("Content-Type: application/json");
  }

  @Test
  void aFormIsSentInParts() {
    String server = rememberingServer();

    requests.response(
        """
        {method: 'post', url: 'http://%s/', form: {to: 'me', 'a"\\r\\nX: y': 'b'},
         headers: {'Content-Type': ['multipart/form-data']}}
        """
            .formatted(server));

    Seen request = seen.remove();
    String type =
        request.headers().stream()
            .filter(header -> header.startsWith("Content-Type: "))
            .findFirst()
            .orElse("");
    String boundary = type.substring(type.indexOf('=') + 1);
    assertThat(type).startsWith("Content-Type: multipart/form-data; boundary=");
    assertThat(request.body())
        .isEqualTo(
            "--%1$s\r\nContent-Disposition: form-data; name=\"to\"\r\n\r\nme\r\n--%1$s\r\nContent-Disposition: form-data; name=\"a%%22%%0D%%0AX: y\"\r\n\r\nb\r\n--%1$s--\r\n"
                .formatted(boundary));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "{url: 'http://u:p@SERVER/'}",
        "{url: 'http://SERVER/'; username: 'u'; password: 'p'}",
        "{domain: 'SERVER'; username: 'u'; password: 'p'}",
        "{url: 'http://SERVER/'; username: 'x'; headers: {Authorization: ['Basic dTpw']}}",
      })
  void credentialsAreSent(String arguments) {
    String server = rememberingServer();

    requests.response(
        arguments
            .replace(';', ',')
            .replace("SERVER", server)
            .replaceFirst("\\{", "{method: 'get', "));

    assertThat(seen.remove().headers())
        .filteredOn(header -> header.startsWith("Authorization"))
        .containsExactly("Authorization: Basic dTpw");
  }

  /// App code that hands on the headers of its own request hands on these as well.
  @Test
  void whatFramesAMessageIsOursAlone() {
    String server = rememberingServer();

    requests.response(
        """
        {method: 'post', url: 'http://%s/', body: 'whole', headers: {Host: ['b.test'], 'content-LENGTH': ['1'],
         'Transfer-Encoding': ['chunked'], Connection: ['keep-alive, X-Kept'], Upgrade: ['h2c'], Expect: ['100-continue'], 'X-Kept': ['yes']}}
        """
            .formatted(server));

    Seen request = seen.remove();
    assertThat(request.body()).isEqualTo("whole");
    assertThat(request.headers())
        .extracting(header -> header.toLowerCase(Locale.ROOT))
        .containsExactlyInAnyOrder(
            "host: " + server,
            "content-length: 5",
            "connection: close",
            "user-agent: berth",
            "x-kept: yes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "headers: {'X-A': ['b\\r\\nX-Injected: 1']}",
        "headers: {'X-A': ['b\\nX-Injected: 1']}",
        "headers: {'X-A': ['b\\u0000']}",
        "headers: {'X-A: b\\r\\nX-Injected': ['1']}",
        "headers: {'': ['1']}",
        "headers: {'X A': ['1']}",
        "headers: {'X-A': {a: 1}}",
        "headers: 'X-A: 1'",
        "cookies: {a: '1\\r\\nX-Injected: 1'}",
        "cookies: {a: '1; b=2'}",
        "cookies: {'a b': '1'}",
        "path: '/', headers: {Cookie: ['a\\nb']}",
        "username: 7",
        "body: {a: 1}",
        "body: 'x', form: {a: 'b'}",
        "form: {a: {b: 1}}",
        "digestAuth: true",
        "digestAuth: 'yes'",
        "followRedirects: 1",
        "authUrl: 'ftp://a.test/'",
        "method: 'CONNECT'",
        "url: 'http://127.0.0.2/ HTTP/1.1\\r\\nX-Injected: 1'",
        "url: 'file:///etc/passwd'",
        "url: 7",
      })
  void argumentsThatCannotBeMeantAreRefusedAndNothingIsSent(String argument) {
    String server = rememberingServer();
    BsonDocument arguments =
        BsonDocument.parse("{method: 'post', url: 'http://%s/'}".formatted(server));
    arguments.putAll(BsonDocument.parse("{" + argument + "}"));

    GuestServiceException failure = Requests.failure(requests.send(requests.scope, arguments));

    assertThat(failure.errorCode()).isEqualTo("InvalidParameter");
    assertThat(failure)
        .hasMessageStartingWith("http request: \"")
        .hasMessageContaining(" argument ");
    assertThat(seen).isEmpty();
  }

  @Test
  void aRequestWithoutAHostSaysWhatIsMissing() {
    assertThat(requests.failure("{method: 'get', path: '/x'}"))
        .hasMessage("http request: \"url\" argument is missing");
  }

  @Test
  void noConnectionIsUsedTwice() {
    Set<String> clients = ConcurrentHashMap.newKeySet();
    int port =
        requests.serve(
            request -> {
              clients.add(request.remoteAddress().toString());
              request.response().putHeader("Connection", "keep-alive").end();
            });
    String arguments = "{method: 'get', url: 'http://127.0.0.2:%d/'}".formatted(port);

    for (int i = 0; i < 3; i++) {
      requests.response(arguments);
    }

    assertThat(clients).hasSize(3);
  }

  @Test
  void noCookieOutlivesItsRequest() {
    int port =
        requests.serve(
            request -> {
              request.response().putHeader("Set-Cookie", "a=1").end(cookie(request));
            });
    String arguments = "{method: 'get', url: 'http://127.0.0.2:%d/'}".formatted(port);

    requests.response(arguments);

    assertThat(requests.response(arguments)).containsEntry("text", new BsonString("none"));
  }

  private static String cookie(HttpServerRequest request) {
    String cookie = request.getHeader("Cookie");
    return cookie == null ? "none" : cookie;
  }

  @Test
  void aServerThatIsNotThereIsAnErrorThatNamesItAsAppCodeDid() {
    int port = requests.serve(request -> request.response().end());
    requests.vertx.close().toCompletionStage().toCompletableFuture().join();
    try (Requests others = Requests.anywhere()) {
      GuestServiceException failure =
          others.failure("{method: 'get', url: 'http://127.0.0.2:%d/secret'}".formatted(port));

      assertThat(failure.errorCode()).isEqualTo("HTTPError");
      assertThat(failure).hasMessage("http request: cannot connect to 127.0.0.2:" + port);
    }
  }
}
