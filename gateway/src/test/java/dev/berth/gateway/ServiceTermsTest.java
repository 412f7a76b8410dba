package dev.berth.gateway;

import static dev.berth.gateway.TestApps.app;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.AppId;
import dev.berth.appmodel.HttpMethod;
import dev.berth.catalog.AddressRange;
import dev.berth.catalog.AppChange;
import dev.berth.catalog.ServiceTerms;
import dev.berth.gateway.door.AccessList;
import dev.berth.gateway.door.Door;
import dev.berth.gateway.door.TrustedProxies;
import dev.berth.gateway.route.Quota;
import dev.berth.gateway.serving.RequestMetrics;
import dev.berth.invocation.Outcome;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// From whom an app takes requests, and how many.
class ServiceTermsTest extends UsersTestBase {

  private static final String URL = "/app/shop-abcde/endpoint/hello";
  private static final String LOCATION = CLIENT + "/app/shop-abcde/location";

  final Queue<String> refused = new ConcurrentLinkedQueue<>();

  @Override
  Future<Gateway> startGateway() {
    Door door =
        new Door(
            null,
            new TrustedProxies(List.of(AddressRange.parse("127.0.0.1"))),
            AccessList.everybody(),
            null);
    return Gateway.start(
        vertx,
        settings(0).with(door),
        catalog,
        invoker,
        () -> identity.accounts(),
        null,
        () -> ready,
        new RequestMetrics() {
          @Override
          public void requestEnded(@Nullable AppId app, int status, long nanos) {}

          @Override
          public void quotaUsedUp(AppId app, Quota.Part part) {
            refused.add(part + " of " + app);
          }
        });
  }

  private void deploy(ServiceTerms terms) {
    catalog.apply(
        new AppChange.Deployed(
            app("shop-abcde").with(HttpMethod.ANY, "/hello", "hello").on(terms).at(1)));
  }

  private HttpResponse<String> get(String path, String client) {
    return send(request(path).header("X-Forwarded-For", client));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "203.0.113.0/24, 203.0.113.7, 204",
        "203.0.113.0/24, 198.51.100.1, 403",
        "2001:db8::/32, 2001:db8::7, 204",
        "0.0.0.0/0, 2001:db8::7, 204",
        "nonsense, 203.0.113.7, 403",
        "-, 203.0.113.7, 403"
      })
  void onlyClientsOnTheListOfTheAppAreServed(@Nullable String listed, String client, int status) {
    deploy(new ServiceTerms(1, listed == null ? List.of() : List.of(listed), null, null));

    assertThat(get(URL, client).statusCode()).isEqualTo(status);
    assertThat(get(LOCATION, client).statusCode()).isEqualTo(status == 204 ? 200 : status);
  }

  @Test
  void whoIsNotOnTheListOfOneAppMayCallAnother() {
    deploy(new ServiceTerms(1, List.of("203.0.113.7"), null, null));
    deploy(app("till-abcde").with(HttpMethod.ANY, "/hello", "hello"));

    assertThat(get(URL, "198.51.100.1").body()).contains("not on the access list");
    assertThat(get("/app/till-abcde/endpoint/hello", "198.51.100.1").statusCode()).isEqualTo(204);
  }

  @Test
  void otherTermsCountAtOnceAndOlderOnesNoMore() {
    deploy(new ServiceTerms(2, List.of("203.0.113.7"), null, null));
    deploy(new ServiceTerms(3, List.of(), null, null));
    deploy(new ServiceTerms(2, List.of("203.0.113.7"), null, null));

    assertThat(get(URL, "203.0.113.7").statusCode()).isEqualTo(403);
  }

  @Test
  void requestsBeyondTheRateAreRefusedAndCounted() {
    deploy(new ServiceTerms(1, List.of(ServiceTerms.EVERYWHERE), 1, null));

    assertThat(get(URL).statusCode()).isEqualTo(204);
    HttpResponse<String> tooMany = firstRefusal();

    assertThat(tooMany.statusCode()).isEqualTo(429);
    assertThat(header(tooMany, "Retry-After")).isEqualTo("1");
    assertThat(tooMany.body()).isEqualTo("{\"error\":\"too many requests\"}");
    assertThat(refused).contains("REQUESTS_PER_SECOND of shop-abcde");
  }

  /// On a machine that stands still for a second between two requests, the second one is served.
  private HttpResponse<String> firstRefusal() {
    HttpResponse<String> answer = get(URL);
    for (int i = 0; i < 100 && answer.statusCode() == 204; i++) {
      answer = get(URL);
    }
    return answer;
  }

  @Test
  void anAppMayHaveFewerRequestsInFlightThanOthers() {
    Promise<Outcome> held = Promise.promise();
    deploy(new ServiceTerms(1, List.of(ServiceTerms.EVERYWHERE), null, 1));
    invoker.answers(_ -> held.future());
    List<CompletableFuture<HttpResponse<String>>> first = new ArrayList<>();
    first.add(client.sendAsync(request(URL).build(), HttpResponse.BodyHandlers.ofString()));
    await(() -> !invoker.calls().isEmpty());

    HttpResponse<String> second = get(URL);

    held.complete(responded(new Outcome.Body.None()));
    assertThat(second.statusCode()).isEqualTo(429);
    assertThat(refused).containsExactly("CONCURRENT_REQUESTS of shop-abcde");
    assertThat(first.getFirst().join().statusCode()).isLessThan(300);
    await(() -> get(URL).statusCode() < 300);
  }
}
