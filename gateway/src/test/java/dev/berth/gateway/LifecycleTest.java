package dev.berth.gateway;

import static dev.berth.gateway.TestApps.app;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.appmodel.HttpMethod;
import dev.berth.gateway.door.Door;
import dev.berth.gateway.route.Quota;
import dev.berth.invocation.Outcome;
import dev.berth.invocation.Outcome.Body;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LifecycleTest extends GatewayTestBase {

  private static final String GET = "GET /app/shop-abcde/endpoint/echo HTTP/1.1\r\nHost: h\r\n\r\n";
  private static final String HEALTH = "GET /health HTTP/1.1\r\nHost: h\r\n\r\n";

  @Test
  void healthSaysWhetherRequestsMayCome() {
    ready = false;
    HttpResponse<String> starting = get("/health");
    ready = true;
    HttpResponse<String> started = get("/health");

    assertThat(starting.statusCode()).isEqualTo(503);
    assertThat(started.statusCode()).isEqualTo(200);
    assertThat(started.body()).isEqualTo("{\"status\":\"ready\"}");
    assertThat(header(started, "Content-Type")).isEqualTo("application/json");
  }

  @Test
  void aStopWaitsForCallsInFlightAndRefusesNewOnes() throws IOException {
    deploy(app("shop-abcde").with(HttpMethod.GET, "/echo", "echo"));
    Promise<Outcome> outcome = Promise.promise();
    invoker.answers(call -> outcome.future());
    try (RawConnection running = raw();
        RawConnection keptAlive = raw();
        RawConnection probe = raw()) {
      keptAlive.send(HEALTH);
      keptAlive.read();
      running.send(GET);
      await(() -> !invoker.calls().isEmpty());

      Future<Void> stopped = gateway.stop();
      await(() -> get("/health").statusCode() == 503);
      RawConnection.Response refused = keptAlive.send(GET).read();
      RawConnection.Response health = probe.send(HEALTH).read();

      assertThat(stopped.isComplete()).isFalse();
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.headers()).containsEntry("connection", "close");
      assertThat(keptAlive.isClosed()).isTrue();
      assertThat(health.body()).isEqualTo("{\"status\":\"draining\"}");
      outcome.complete(responded(new Body.Bytes(Buffer.buffer("done"), true)));
      assertThat(running.read().body()).isEqualTo("done");
      join(stopped);
    }
    await(this::isRefused);
    assertThat(invoker.calls()).hasSize(1);
  }

  @Test
  void aGatewayThatLeavesSaysSoAndServesOn() throws IOException {
    deploy(app("shop-abcde").with(HttpMethod.GET, "/echo", "echo"));
    try (RawConnection client = raw()) {
      gateway.leave();
      await(() -> get("/health").statusCode() == 503);

      RawConnection.Response first = client.send(GET).read();
      RawConnection.Response second = client.send(GET).read();

      assertThat(first.status()).isEqualTo(204);
      assertThat(second.status()).isEqualTo(204);
    }
  }

  private boolean isRefused() {
    try (RawConnection _ = raw()) {
      return false;
    } catch (ConnectException _) {
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aStopDoesNotWaitForever() throws IOException {
    GatewaySettings impatient =
        new GatewaySettings(
            "127.0.0.1",
            0,
            1024,
            Duration.ofMinutes(5),
            Duration.ofSeconds(30),
            Duration.ofMillis(50),
            new Quota(0, 10),
            Door.open());
    Gateway second = join(Gateway.start(vertx, impatient, catalog, invoker, () -> true));
    deploy(app("shop-abcde").with(HttpMethod.GET, "/echo", "echo"));
    invoker.answers(call -> Promise.<Outcome>promise().future());
    try (RawConnection stuck = new RawConnection(second.actualPort())) {
      stuck.send(GET);
      await(() -> !invoker.calls().isEmpty());

      join(second.stop());

      assertThat(stuck.isClosed()).isTrue();
    }
  }

  @Test
  void stoppingTwiceIsStoppingOnce() {
    Future<Void> first = gateway.stop();
    Future<Void> second = gateway.stop();

    join(first);
    join(second);
    assertThat(second.succeeded()).isTrue();
  }

  @Test
  void aPortInUseIsSaidPlainly() throws IOException {
    try (ServerSocket taken = new ServerSocket(0)) {
      Future<Gateway> start =
          Gateway.start(
              vertx,
              GatewaySettings.on("0.0.0.0", taken.getLocalPort()),
              catalog,
              invoker,
              () -> true);

      assertThatThrownBy(
              () -> start.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS))
          .hasRootCauseInstanceOf(BindException.class)
          .hasMessageContaining("cannot listen on 0.0.0.0:" + taken.getLocalPort());
    }
  }

  @Test
  void settingsThatCannotWorkAreRefused() {
    assertThatThrownBy(() -> GatewaySettings.on(" ", 1)).hasMessageContaining("host");
    assertThatThrownBy(() -> GatewaySettings.on("h", 65_536)).hasMessageContaining("port");
    assertThatThrownBy(
            () ->
                new GatewaySettings(
                    "h",
                    1,
                    0,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1),
                    Duration.ZERO,
                    new Quota(0, 1),
                    Door.open()))
        .hasMessageContaining("maxRequestBytes");
    assertThatThrownBy(
            () ->
                new GatewaySettings(
                    "h",
                    1,
                    1,
                    Duration.ZERO,
                    Duration.ofSeconds(1),
                    Duration.ZERO,
                    new Quota(0, 1),
                    Door.open()))
        .hasMessageContaining("timeLimit");
  }
}
