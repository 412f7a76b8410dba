package dev.berth.worker.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.jsruntime.service.GuestServiceException;
import dev.berth.jsruntime.service.PassedLimitException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Connections and names of app code: where they may lead, and how they end.
@Timeout(120)
class ConnectionsTest {

  private final Requests requests = Requests.restricted();
  private final AtomicInteger open = new AtomicInteger();

  @AfterEach
  void everythingIsGivenBack() {
    requests.scope.end();
    Requests.await(
        () ->
            open.get() == 0
                && requests.outbound.activeInvocations() == 0
                && requests.outbound.bytesHeld() == 0);
    requests.close();
  }

  private int serve(Consumer<NetSocket> server) {
    return requests.serveRaw(
        socket -> {
          open.incrementAndGet();
          socket.closeHandler(_ -> open.decrementAndGet());
          server.accept(socket);
        });
  }

  private String read(int id) {
    BsonValue part = Requests.join(requests.net("read", "{id: " + id + "}"));
    return part.isNull() ? "(end)" : part.asString().getValue();
  }

  private CompletableFuture<BsonValue> write(int id, String text) {
    String base64 = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    return requests.net(
        "write", "{id: %d, data: {$binary: {base64: '%s', subType: '00'}}}".formatted(id, base64));
  }

  private GuestServiceException refusal(String operation, String arguments) {
    return Requests.failure(requests.net(operation, arguments));
  }

  @Test
  void whatIsSentArrivesAndWhatIsAnsweredComesBack() {
    int port = serve(socket -> socket.handler(part -> socket.write("you said " + part)));
    int id = requests.connect(Requests.ALLOWED, port);

    Requests.join(write(id, "hello"));

    assertThat(read(id)).isEqualTo("you said hello");
  }

  @Test
  void theEndOfTheOtherSideIsTold() {
    int port = serve(socket -> socket.write("bye").onComplete(_ -> socket.close()));
    int id = requests.connect(Requests.ALLOWED, port);

    assertThat(List.of(read(id), read(id), read(id))).containsExactly("bye", "(end)", "(end)");
  }

  @Test
  void whatAClosedConnectionHeldIsGivenBackOnce() {
    BlockingQueue<NetSocket> servers = new LinkedBlockingQueue<>();
    int port = serve(socket -> servers.add(socket.handler(_ -> socket.write("some of it"))));
    int id = requests.connect(Requests.ALLOWED, port);
    Requests.join(write(id, "question"));
    assertThat(read(id)).isEqualTo("some of it");
    assertThat(requests.outbound.bytesHeld()).isEqualTo(10);

    Requests.join(servers.remove().close());
    Requests.await(() -> requests.outbound.bytesHeld() == 0);

    assertThat(read(id)).isEqualTo("(end)");
    assertThat(requests.outbound.bytesHeld()).isZero();
  }

  @Test
  void whatComesAfterTheOwnEndIsStillRead() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.ofLiteral(Requests.ALLOWED))) {
      Thread.ofVirtual().start(() -> answerAtTheEnd(server));
      int id = requests.connect(Requests.ALLOWED, server.getLocalPort());

      Requests.join(write(id, "question"));
      Requests.join(requests.net("end", "{id: " + id + "}"));

      assertThat(read(id)).isEqualTo("after question");
    }
  }

  private static void answerAtTheEnd(ServerSocket server) {
    try (Socket socket = server.accept()) {
      String question = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      socket.getOutputStream().write(("after " + question).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.0.0.3",
        "localhost",
        "0.0.0.0",
        "0",
        "127.1",
        "0x7f000001",
        "2130706433",
        "017700000001",
        "10.0.0.1",
        "169.254.169.254",
        "192.168.0.1",
        "::1",
        "::",
        "::ffff:127.0.0.1",
        "::ffff:a9fe:a9fe",
        "fe80::1%lo",
        "fd00:ec2::254",
        "64:ff9b::7f00:1",
      })
  void noSpellingOfAnInnerAddressIsReached(String host) {
    String asked = "{host: '%s', port: 80}".formatted(host);

    assertThat(refusal("connect", asked).errorCode()).isIn("RestrictedHost", "ENOTFOUND");
    assertThat(refusal("lookup", asked).errorCode()).isIn("RestrictedHost", "ENOTFOUND");
    assertThat(
            refusal("connect", asked.replace("port: 80", "port: 80, secure: true, servername: 'x'"))
                .errorCode())
        .isIn("RestrictedHost", "ENOTFOUND");
  }

  @Test
  void aNameThatChangesItsMeaningLeadsNowhereElse() {
    var answers =
        new LinkedBlockingQueue<>(List.of(Requests.ALLOWED, Requests.FORBIDDEN, Requests.ALLOWED));
    try (Requests other =
        Requests.restricted(_ -> Requests.addresses(String.valueOf(answers.poll())))) {
      int port = other.serveRaw(_ -> {});
      String asked = "{host: 'rebinding.test', port: %d}".formatted(port);

      assertThat(other.connect("rebinding.test", port)).isPositive();
      assertThat(Requests.failure(other.net("connect", asked)).errorCode())
          .isEqualTo("RestrictedHost");
      assertThat(other.connect("rebinding.test", port)).isPositive();
      assertThat(answers).isEmpty();
    }
  }

  @Test
  void oneInnerAddressAmongOthersIsEnoughToRefuse() {
    HostResolver both = _ -> Requests.addresses(Requests.ALLOWED, Requests.FORBIDDEN);
    try (Requests other = Requests.restricted(both)) {
      assertThat(Requests.failure(other.net("connect", "{host: 'two.test', port: 80}")).errorCode())
          .isEqualTo("RestrictedHost");
      assertThat(Requests.failure(other.net("lookup", "{host: 'two.test'}")).errorCode())
          .isEqualTo("RestrictedHost");
    }
  }

  @Test
  void theAddressesOfANameAreTold() {
    HostResolver resolver = _ -> Requests.addresses("127.0.0.2", "2606:4700::1");
    try (Requests other = Requests.restricted(resolver)) {
      assertThat(Requests.join(other.net("lookup", "{host: 'two.test'}")))
          .isEqualTo(
              BsonArray.parse(
                  "['127.0.0.2', '%s']"
                      .formatted(InetAddress.ofLiteral("2606:4700::1").getHostAddress())));
    }
  }

  @Test
  void recordsAreToldOnlyWhereEverythingMayBeReached() {
    assertThat(refusal("records", "{host: 'a.test', type: 'SRV'}").errorCode())
        .isEqualTo("EREFUSED");
  }

  @Test
  void aServerThatIsNotThereRefuses() {
    GuestServiceException failure = refusal("connect", "{host: '127.0.0.2', port: 1}");

    assertThat(failure.errorCode()).isEqualTo("ECONNREFUSED");
    assertThat(failure.getMessage()).doesNotContain("io.netty", "java.");
  }

  @Test
  void connectionsCountAmongTheSocketsOfTheirInvocation() {
    int port = serve(_ -> {});
    for (int i = 0; i < Requests.LIMITS.sockets(); i++) {
      requests.connect(Requests.ALLOWED, port);
    }

    assertThatThrownBy(() -> requests.connect(Requests.ALLOWED, port))
        .hasCauseInstanceOf(PassedLimitException.class);
    assertThatThrownBy(
            () -> Requests.join(requests.send("{method: 'get', url: 'http://127.0.0.2:1/'}")))
        .hasCauseInstanceOf(PassedLimitException.class);
  }

  @Test
  void aClosedConnectionMakesRoom() {
    int port = serve(_ -> {});
    for (int i = 0; i < 3 * Requests.LIMITS.sockets(); i++) {
      int id = requests.connect(Requests.ALLOWED, port);
      Requests.join(requests.net("close", "{id: " + id + "}"));
      Requests.await(() -> open.get() == 0);
    }

    assertThat(requests.connect(Requests.ALLOWED, port)).isPositive();
  }

  @Test
  void aServerThatPoursWithoutEndWaits() throws InterruptedException {
    try (Requests roomy = Requests.roomy()) {
      AtomicLong sent = new AtomicLong();
      BlockingQueue<Boolean> full = new LinkedBlockingQueue<>();
      int port = roomy.serveRaw(socket -> pour(socket, sent, full));
      int id = roomy.connect(Requests.ALLOWED, port);

      assertThat(full.poll(60, TimeUnit.SECONDS)).isTrue();

      assertThat(roomy.outbound.bytesHeld()).isLessThan(300_000);
      long before = sent.get();
      for (long taken = 0; taken < before + 1_000_000; ) {
        BsonValue part = Requests.join(roomy.net("read", "{id: " + id + "}"));
        taken += part.asString().getValue().length();
        assertThat(roomy.outbound.bytesHeld()).isLessThan(300_000);
      }
      assertThat(sent.get()).isGreaterThan(before);
      roomy.scope.end();
    }
  }

  private static void pour(NetSocket socket, AtomicLong sent, BlockingQueue<Boolean> full) {
    while (!socket.writeQueueFull()) {
      sent.addAndGet(4096);
      var _ = socket.write(Buffer.buffer(new byte[4096]));
    }
    full.add(true);
    socket.drainHandler(_ -> pour(socket, sent, full));
  }

  @Test
  void anInvocationThatEndsClosesItsConnections() {
    int port = serve(_ -> {});
    int id = requests.connect(Requests.ALLOWED, port);
    CompletableFuture<BsonValue> read = requests.net("read", "{id: " + id + "}");

    requests.scope.end();

    Requests.await(() -> open.get() == 0);
    assertThat(read).succeedsWithin(60, TimeUnit.SECONDS).isEqualTo(BsonNull.VALUE);
    assertThat(refusal("connect", "{host: '127.0.0.2', port: " + port + "}").errorCode())
        .isEqualTo("HTTPError");
  }

  @Test
  void aConnectionOfAnotherInvocationIsNotFound() {
    int port = serve(_ -> {});
    int id = requests.connect(Requests.ALLOWED, port);
    TestScope other = new TestScope("app-two");

    var read =
        requests
            .net
            .call(other, "read", BsonDocument.parse("{id: " + id + "}"))
            .toCompletableFuture();

    assertThat(Requests.failure(read).errorCode()).isEqualTo("EBADF");
    other.end();
  }

  @Test
  void oneReadAndOneWriteAtATime() {
    int port = requests.serveRaw(NetSocket::pause);
    int id = requests.connect(Requests.ALLOWED, port);
    var _ = requests.net("read", "{id: " + id + "}");

    assertThat(refusal("read", "{id: " + id + "}").errorCode()).isEqualTo("EINVAL");
    // Sooner or later one is not on its way yet when the next one comes.
    CompletableFuture<BsonValue> last = write(id, "x");
    while (!last.isCompletedExceptionally()) {
      var _ = write(id, "x".repeat(1_000_000));
      last = write(id, "y");
      last.handle((_, _) -> null).join();
    }
    assertThat(Requests.failure(last).errorCode()).isEqualTo("EINVAL");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{id: 'x'}",
        "{id: {$numberLong: '1'}}",
        "{id: 1.5}",
        "{id: -1}",
        "{id: 77}",
        "{id: 1, data: 'text'}",
        "{id: 1, host: 5, port: 5}",
        "{host: 'a b', port: 80}",
        "{host: '', port: 80}",
        "{host: 'a\\u0000b', port: 80}",
        "{host: 'a/b', port: 80}",
        "{host: '127.0.0.2', port: 0}",
        "{host: '127.0.0.2', port: 70000}",
        "{host: '127.0.0.2', port: '80'}",
        "{host: ['127.0.0.2'], port: 80}",
        "{host: '127.0.0.2', port: 80, secure: true}",
        "{host: '127.0.0.2', port: 80, secure: true, servername: 'a', ca: ['x']}",
        "{host: '127.0.0.2', port: 80, secure: true, servername: 5}",
        "{host: '127.0.0.2', port: 80, secure: true, servername: 'a', ca: [1]}",
      })
  void oddArgumentsAreRefused(String arguments) {
    for (String operation :
        List.of("connect", "secure", "read", "write", "end", "records", "nothing")) {
      GuestServiceException failure = refusal(operation, arguments);

      assertThat(failure.getMessage()).doesNotContain("io.netty", "java.", "vertx");
    }
  }
}
