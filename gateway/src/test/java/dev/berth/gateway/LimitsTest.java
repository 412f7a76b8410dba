package dev.berth.gateway;

import static dev.berth.gateway.TestApps.app;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.HttpMethod;
import dev.berth.invocation.Outcome;
import dev.berth.invocation.Outcome.Body;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitsTest extends GatewayTestBase {

  private static final String URL = "/app/shop-abcde/endpoint/echo";
  private static final String POST = "POST " + URL + " HTTP/1.1\r\nHost: h\r\n";
  private static final String GET = "GET " + URL + " HTTP/1.1\r\nHost: h\r\n\r\n";

  @BeforeEach
  void deployEcho() {
    deploy(app("shop-abcde").with(HttpMethod.ANY, "/echo", "echo"));
  }

  @Test
  void aBodyOfExactlyTheLimitIsRead() {
    String body = "x".repeat(MAX_REQUEST_BYTES);

    send(request(URL).POST(text(body)));

    assertThat(invoker.onlyCall().request().body()).isEqualTo(Buffer.buffer(body));
  }

  @Test
  void anAnnouncedBodyOverTheLimitIsRefusedUnread() throws IOException {
    try (RawConnection connection = raw()) {
      connection.send(POST + "Content-Length: " + (MAX_REQUEST_BYTES + 1) + "\r\n\r\n");

      assertTooLargeAndClosed(connection);
    }
  }

  @Test
  void aLengthBeyondAllNumbersIsRefused() throws IOException {
    try (RawConnection connection = raw()) {
      connection.send(POST + "Content-Length: 99999999999999999999999\r\n\r\n");

      assertThat(connection.read().status()).isIn(400, 413);
      assertThat(connection.isClosed()).isTrue();
    }
    assertThat(invoker.calls()).isEmpty();
  }

  @Test
  void aChunkedBodyOverTheLimitIsRefused() throws IOException {
    String chunk = "4000\r\n" + "x".repeat(0x4000) + "\r\n";
    try (RawConnection connection = raw()) {
      connection.send(POST + "Transfer-Encoding: chunked\r\n\r\n" + chunk.repeat(5));

      assertTooLargeAndClosed(connection);
    }
  }

  private void assertTooLargeAndClosed(RawConnection connection) throws IOException {
    RawConnection.Response response = connection.read();
    assertThat(response.status()).isEqualTo(413);
    assertThat(response.headers())
        .containsEntry("content-type", "application/json")
        .containsEntry("connection", "close");
    assertThat(response.body()).contains("\"error_code\":\"ReadSizeLimitExceeded\"");
    assertThat(connection.isClosed()).isTrue();
    assertThat(invoker.calls()).isEmpty();
  }

  @Test
  void aRefusedRequestWithABodyLeavesTheConnectionUsable() throws IOException {
    try (RawConnection connection = raw()) {
      connection.send(
          "POST /app/shop-abcde/endpoint/none HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\nbody");
      assertThat(connection.read().status()).isEqualTo(404);
      connection.send(GET);
      assertThat(connection.read().status()).isEqualTo(204);
    }
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() throws IOException {
    try (RawConnection connection = raw()) {
      connection.send(GET + "GET /none HTTP/1.1\r\nHost: h\r\n\r\n" + GET);

      assertThat(connection.read().status()).isEqualTo(204);
      assertThat(connection.read().status()).isEqualTo(404);
      assertThat(connection.read().status()).isEqualTo(204);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        "Content-Length: abc\r\n\r\n",
        "Content-Length: -1\r\n\r\n",
        "bad header line\r\n\r\n",
      })
  void whatIsNotHttpIsABadRequest(String rest) throws IOException {
    try (RawConnection connection = raw()) {
      connection.send(POST + rest);
      RawConnection.Response response = connection.read();

      assertThat(response.status()).isEqualTo(400);
      assertThat(response.body()).contains("\"error_code\":\"BadRequest\"");
      assertThat(connection.isClosed()).isTrue();
    }
    assertThat(invoker.calls()).isEmpty();
  }

  @Test
  void aRawNulInThePathReachesNothing() throws IOException {
    try (RawConnection connection = raw()) {
      connection.send("GET " + URL + "\0 HTTP/1.1\r\nHost: h\r\n\r\n");

      assertThat(connection.read().status()).isIn(400, 404);
    }
    assertThat(invoker.calls()).isEmpty();
  }

  @Test
  void anEndlessUrlIsRefused() throws IOException {
    try (RawConnection connection = raw()) {
      connection.send("GET /" + "x".repeat(140_000) + " HTTP/1.1\r\nHost: h\r\n\r\n");
      RawConnection.Response response = connection.read();

      assertThat(response.status()).isEqualTo(414);
      assertThat(response.headers()).containsEntry("content-type", "application/json");
    }
  }

  @Test
  void hugeHeadersAreRefused() throws IOException {
    try (RawConnection connection = raw()) {
      connection.send(
          "GET " + URL + " HTTP/1.1\r\nHost: h\r\nX: " + "x".repeat(70_000) + "\r\n\r\n");

      assertThat(connection.read().status()).isEqualTo(431);
    }
    assertThat(invoker.calls()).isEmpty();
  }

  @Test
  void anUploadThatStandsStillIsRefused() throws IOException {
    try (RawConnection connection = raw()) {
      connection.send(POST + "Content-Length: 10\r\n\r\nabc");

      assertThat(connection.read().status()).isEqualTo(408);
      assertThat(connection.isClosed()).isTrue();
    }
    assertThat(invoker.calls()).isEmpty();
  }

  @Test
  void tooManyRequestsOfOneAppAreRefusedUntilOthersEnd() {
    List<Promise<Outcome>> pending = new CopyOnWriteArrayList<>();
    invoker.answers(
        call -> {
          Promise<Outcome> promise = Promise.promise();
          pending.add(promise);
          return promise.future();
        });
    List<CompletableFuture<HttpResponse<String>>> running = new ArrayList<>();
    for (int i = 0; i < MAX_CONCURRENT; i++) {
      running.add(client.sendAsync(request(URL).build(), HttpResponse.BodyHandlers.ofString()));
    }
    await(() -> pending.size() == MAX_CONCURRENT);

    HttpResponse<String> refused = get(URL);
    // Completed on this thread, which is none of the gateway's.
    pending.forEach(promise -> promise.complete(responded(new Body.None())));
    running.forEach(CompletableFuture::join);
    invoker.answers(responded(new Body.None()));

    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.body()).isEqualTo("{\"error\":\"too many requests\"}");
    await(() -> get(URL).statusCode() == 204);
  }

  @Test
  void uploadsThatBreakOffAreCountedOut() throws IOException {
    for (int i = 0; i < 3 * MAX_CONCURRENT; i++) {
      try (RawConnection uploading = raw()) {
        uploading.send(POST + "Content-Length: 10\r\n\r\nabc");
      }
    }

    await(() -> get(URL).statusCode() == 204);
    assertThat(invoker.calls()).hasSize(1);
    join(gateway.stop());
  }

  @Test
  void clientsThatDoNotWaitForTheAnswerAreCountedOut() throws IOException {
    List<Promise<Outcome>> pending = new CopyOnWriteArrayList<>();
    invoker.answers(
        call -> {
          Promise<Outcome> promise = Promise.promise();
          pending.add(promise);
          return promise.future();
        });
    for (int i = 1; i <= MAX_CONCURRENT; i++) {
      int expected = i;
      try (RawConnection waiting = raw()) {
        waiting.send(GET);
        await(() -> pending.size() == expected);
      }
    }

    invoker.answers(responded(new Body.None()));
    pending.forEach(promise -> promise.complete(responded(new Body.None())));

    await(() -> get(URL).statusCode() == 204);
    join(gateway.stop());
  }
}
