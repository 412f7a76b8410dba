package dev.berth.worker.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.invocation.Limit;
import dev.berth.invocation.Outcome;
import dev.berth.jsruntime.service.GuestServiceException;
import dev.berth.jsruntime.service.PassedLimitException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.BsonDocument;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Servers and functions that take more than they should: everything ends, and is given back.
@Timeout(120)
class HostileServersTest {

  private final Requests requests = Requests.anywhere();

  @AfterEach
  void everythingIsGivenBack() {
    requests.scope.end();
    Requests.await(
        () -> requests.outbound.activeInvocations() == 0 && requests.outbound.bytesHeld() == 0);
    requests.close();
  }

  private static String get(int port) {
    return "{method: 'get', url: 'http://127.0.0.2:%d/'}".formatted(port);
  }

  private static final class Connections {

    private final AtomicInteger open = new AtomicInteger();

    void add(NetSocket socket) {
      open.incrementAndGet();
      socket.closeHandler(_ -> open.decrementAndGet());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 9000000000\r\n\r\n"
      })
  void aBodyWithoutEndIsCutOff(String head) {
    Connections connections = new Connections();
    int port =
        requests.serveRaw(
            socket -> {
              connections.add(socket);
              socket.write(head);
              pour(socket);
            });

    GuestServiceException failure = requests.failure(get(port));

    assertThat(failure.errorCode()).isEqualTo("ReadSizeLimitExceeded");
    assertThat(failure).hasMessage("http request: the response is larger than 100000 bytes");
    Requests.await(() -> connections.open.get() == 0);
  }

  private static void pour(NetSocket socket) {
    socket.write(Buffer.buffer(new byte[4096])).onSuccess(_ -> pour(socket));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "this is no HTTP\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab",
        "HTTP/1.1 200 OK\r\nX: HEADER-BOMB\r\n\r\n",
        "",
      })
  void whatIsNoWholeResponseIsAnError(String text) {
    String answer = text.replace("HEADER-BOMB", "x".repeat(1_000_000));
    int port =
        requests.serveRaw(
            socket -> socket.handler(_ -> socket.write(answer).onComplete(_ -> socket.close())));

    GuestServiceException failure = requests.failure(get(port));

    assertThat(failure.errorCode()).isEqualTo("HTTPError");
    assertThat(failure.getMessage())
        .startsWith("http request: ")
        .doesNotContain("io.netty", "vertx", "java.");
  }

  @Test
  void whatDripsEndsWithTheInvocation() throws InterruptedException {
    Connections connections = new Connections();
    BlockingQueue<NetSocket> dripping = new LinkedBlockingQueue<>();
    int port =
        requests.serveRaw(
            socket -> {
              connections.add(socket);
              socket.handler(
                  _ ->
                      socket
                          .write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n.")
                          .onSuccess(_ -> dripping.add(socket)));
            });
    CompletableFuture<BsonDocument> answer = requests.send(get(port));
    assertThat(dripping.poll(60, TimeUnit.SECONDS)).isNotNull();
    Requests.await(() -> requests.outbound.bytesHeld() > 0);

    requests.scope.end();

    assertThat(Requests.failure(answer).errorCode()).isEqualTo("HTTPError");
    Requests.await(() -> connections.open.get() == 0 && requests.outbound.bytesHeld() == 0);
  }

  @Test
  void anInvocationThatHasEndedOpensNothing() {
    AtomicInteger visits = new AtomicInteger();
    int port =
        requests.serve(
            request -> {
              visits.incrementAndGet();
              request.response().end();
            });
    requests.scope.end();

    assertThat(requests.failure(get(port))).hasMessageContaining("has ended");
    assertThat(visits).hasValue(0);
  }

  @Test
  void oneSocketTooManyEndsTheInvocation() {
    BlockingQueue<HttpServerRequest> held = new LinkedBlockingQueue<>();
    int port = requests.serve(held::add);
    List<CompletableFuture<BsonDocument>> answers = new ArrayList<>();
    for (int i = 0; i < Requests.LIMITS.sockets(); i++) {
      answers.add(requests.send(get(port)));
    }

    CompletableFuture<BsonDocument> tooMany = requests.send(get(port));

    assertThatThrownBy(() -> Requests.join(tooMany))
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOfSatisfying(
            PassedLimitException.class,
            passed ->
                assertThat(passed.outcome())
                    .isEqualTo(
                        new Outcome.OverLimit(
                            Limit.SOCKETS, "exceeded max number of open sockets of 3")));
    Requests.await(() -> held.size() == answers.size());
    held.forEach(request -> request.response().end("fine"));
    answers.forEach(Requests::join);
    CompletableFuture<BsonDocument> next = requests.send(get(port));
    Requests.await(() -> held.size() > answers.size());
    held.forEach(
        request -> {
          if (!request.response().ended()) {
            request.response().end("fine");
          }
        });
    assertThat(Requests.join(next)).containsKey("text");
  }

  @Test
  void theSocketsOfOneInvocationAreNotThoseOfAnother() {
    BlockingQueue<HttpServerRequest> held = new LinkedBlockingQueue<>();
    int port = requests.serve(held::add);
    TestScope other = new TestScope("app-one");
    List<CompletableFuture<BsonDocument>> answers = new ArrayList<>();
    for (int i = 0; i < Requests.LIMITS.sockets(); i++) {
      answers.add(requests.send(requests.scope, BsonDocument.parse(get(port))));
      answers.add(requests.send(other, BsonDocument.parse(get(port))));
    }

    Requests.await(() -> held.size() == answers.size());
    held.forEach(request -> request.response().end("fine"));
    answers.forEach(Requests::join);
    other.end();
  }

  @Test
  void theBytesOfOneAppDoNotFillTheHeap() {
    int port = requests.serve(request -> request.response().end(Buffer.buffer(new byte[90_000])));
    TestScope sameApp = new TestScope("app-one");
    TestScope other = new TestScope("app-two");

    requests.response(get(port));
    GuestServiceException failure =
        Requests.failure(requests.send(sameApp, BsonDocument.parse(get(port))));
    Requests.join(requests.send(other, BsonDocument.parse(get(port))));

    assertThat(failure.errorCode()).isEqualTo("ReadSizeLimitExceeded");
    assertThat(failure).hasMessage("http request: too many responses are received at once");
    requests.scope.end();
    Requests.join(requests.send(sameApp, BsonDocument.parse(get(port))));
    sameApp.end();
    other.end();
  }

  @Test
  void whatOneAfterTheOtherComesIsNoBurden() {
    int port = requests.serve(request -> request.response().end(Buffer.buffer(new byte[90_000])));

    for (int i = 0; i < 20; i++) {
      assertThat(requests.response(get(port))).containsKey("body");
    }

    assertThat(requests.outbound.bytesHeld()).isEqualTo(90_000);
  }
}
