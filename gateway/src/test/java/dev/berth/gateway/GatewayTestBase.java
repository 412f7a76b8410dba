package dev.berth.gateway;

import dev.berth.appmodel.AppId;
import dev.berth.catalog.AppChange;
import dev.berth.catalog.InMemoryAppCatalog;
import dev.berth.gateway.door.Door;
import dev.berth.gateway.route.Quota;
import dev.berth.invocation.Outcome;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;

/// A gateway on a free port, with small limits and no apps yet.
abstract class GatewayTestBase {

  /// Between two looks: short for a test, long for the processors that are looked at.
  static final long POLL_NANOS = 1_000_000;

  static final int MAX_REQUEST_BYTES = 64 * 1024;
  static final int MAX_CONCURRENT = 3;

  final InMemoryAppCatalog catalog = new InMemoryAppCatalog();
  final RecordingInvoker invoker = new RecordingInvoker();
  final Vertx vertx = Vertx.vertx();
  final HttpClient client = HttpClient.newHttpClient();
  volatile boolean ready = true;
  Gateway gateway = join(startGateway());

  /// Starts the gateway of a test; called while nothing of a subclass is initialized yet.
  Future<Gateway> startGateway() {
    return Gateway.start(vertx, settings(0), catalog, invoker, () -> ready);
  }

  @AfterEach
  void stop() {
    join(gateway.stop());
    join(vertx.close());
    client.close();
  }

  static GatewaySettings settings(int port) {
    return new GatewaySettings(
        "127.0.0.1",
        port,
        MAX_REQUEST_BYTES,
        Duration.ofMinutes(5),
        Duration.ofMillis(400),
        Duration.ofSeconds(10),
        new Quota(0, MAX_CONCURRENT),
        Door.open());
  }

  void deploy(TestApps app) {
    deploy(app, 1);
  }

  void deploy(TestApps app, long revision) {
    catalog.apply(new AppChange.Deployed(app.at(revision)));
  }

  void remove(String app) {
    catalog.apply(new AppChange.Removed(new AppId(app)));
  }

  RawConnection raw() throws IOException {
    return new RawConnection(gateway.actualPort());
  }

  HttpRequest.Builder request(String pathAndQuery) {
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + gateway.actualPort() + pathAndQuery))
        .version(HttpClient.Version.HTTP_1_1)
        .timeout(Duration.ofSeconds(20));
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  HttpResponse<String> get(String pathAndQuery) {
    return send(request(pathAndQuery));
  }

  static HttpRequest.BodyPublisher text(String body) {
    return HttpRequest.BodyPublishers.ofString(body);
  }

  static String header(HttpResponse<?> response, String name) {
    return String.join("|", response.headers().allValues(name));
  }

  static Outcome responded(Outcome.Body body) {
    return new Outcome.Responded(null, List.of(), body);
  }

  static <T> T join(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("the condition did not become true");
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }
}
