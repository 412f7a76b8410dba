package dev.berth.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.HttpMethod;
import dev.berth.catalog.AddressRange;
import dev.berth.catalog.AppChange;
import dev.berth.catalog.InMemoryAppCatalog;
import dev.berth.gateway.door.AccessList;
import dev.berth.gateway.door.Door;
import dev.berth.gateway.door.TrustedProxies;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who is let in, and as whom they come, behind proxies and without.
class DoorTest {

  private final Vertx vertx = Vertx.vertx();
  private final InMemoryAppCatalog catalog = new InMemoryAppCatalog();
  private final RecordingInvoker invoker = new RecordingInvoker();
  private final HttpClient client = HttpClient.newHttpClient();
  private @Nullable Gateway gateway;

  private void start(List<String> proxies, List<String> allowed) {
    catalog.apply(
        new AppChange.Deployed(
            TestApps.app("shop-abcde").with(HttpMethod.GET, "/hello", "hello").at(1)));
    Door door =
        new Door(null, new TrustedProxies(ranges(proxies)), new AccessList(ranges(allowed)), null);
    gateway =
        await(
            Gateway.start(
                vertx, GatewayTestBase.settings(0).with(door), catalog, invoker, () -> true));
  }

  private Gateway running() {
    return Objects.requireNonNull(gateway);
  }

  @AfterEach
  void stop() {
    await(running().stop());
    await(vertx.close());
    client.close();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "127.0.0.0/8, 203.0.113.7, 203.0.113.7",
        "127.0.0.0/8, -, 127.0.0.1",
        "10.0.0.0/8, 203.0.113.7, 127.0.0.1",
      })
  void theFunctionSeesTheAddressOfTheClient(
      String proxies, @Nullable String forwardedFor, String expected) throws Exception {
    start(List.of(proxies), List.of());

    assertThat(get("/app/shop-abcde/endpoint/hello", forwardedFor).statusCode()).isEqualTo(204);

    assertThat(invoker.onlyCall().request().facts().remoteIpAddress()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "203.0.113.0/24, 203.0.113.7, 204",
    "203.0.113.0/24, 198.51.100.1, 403",
    "203.0.113.0/24, nonsense, 403",
    "127.0.0.1, 203.0.113.7, 403"
  })
  void onlyListedClientsAreLetIn(String allowed, String client, int status) throws Exception {
    start(List.of("127.0.0.1"), List.of(allowed));

    assertThat(get("/app/shop-abcde/endpoint/hello", client).statusCode()).isEqualTo(status);
  }

  @Test
  void whoIsNotListedLearnsNothingOfApps() throws Exception {
    start(List.of(), List.of("203.0.113.0/24"));

    for (String path :
        List.of(
            "/app/shop-abcde/endpoint/hello",
            "/app/nobody-abcde/endpoint/hello",
            "/api/client/v2.0/app/shop-abcde/location")) {
      HttpResponse<String> response = get(path, "203.0.113.7");

      assertThat(response.statusCode()).as(path).isEqualTo(403);
      assertThat(response.body()).as(path).contains("not on the access list");
    }
    assertThat(invoker.calls()).isEmpty();
  }

  @Test
  void healthIsForEverybody() throws Exception {
    start(List.of(), List.of("203.0.113.0/24"));

    assertThat(get("/health", null).statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> get(String path, @Nullable String forwardedFor) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + running().actualPort() + path))
            .timeout(Duration.ofSeconds(20));
    if (forwardedFor != null) {
      request.header("X-Forwarded-For", forwardedFor);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static List<AddressRange> ranges(List<String> texts) {
    return texts.stream().map(AddressRange::parse).toList();
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }
}
