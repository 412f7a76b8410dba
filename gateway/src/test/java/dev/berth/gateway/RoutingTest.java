package dev.berth.gateway;

import static dev.berth.gateway.TestApps.app;
import static dev.berth.gateway.TestApps.disabled;
import static dev.berth.gateway.TestApps.endpoint;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.HttpMethod;
import dev.berth.appmodel.RunAs;
import dev.berth.invocation.Invocation;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutingTest extends GatewayTestBase {

  private static final String NO_ENDPOINT =
      "{\"error\":\"no matching endpoint\",\"error_code\":\"EndpointNotFound\"}";

  @Test
  void aSpecificMethodWinsOverAny() {
    deploy(
        app("shop-abcde")
            .with(HttpMethod.ANY, "/items", "fallback")
            .with(HttpMethod.GET, "/items", "list")
            .with(HttpMethod.POST, "/items", "create"));

    get("/app/shop-abcde/endpoint/items");
    send(request("/app/shop-abcde/endpoint/items").POST(text("{}")));
    send(request("/app/shop-abcde/endpoint/items").DELETE());
    send(request("/app/shop-abcde/endpoint/items").method("PURGE", BodyPublishers.noBody()));

    assertThat(invoker.calls())
        .extracting(Invocation.EndpointCall::function)
        .containsExactly("list", "create", "fallback", "fallback");
    assertThat(invoker.calls().getLast().request().facts().method()).isEqualTo("PURGE");
  }

  @ParameterizedTest
  @CsvSource({
    "/items,       /items",
    "/items/,      /items",
    "/with/slash,  /with/slash/",
    "/a/b/c,       /a/b/c",
    "/%69tems,     /items",
    "/a%20b,       /a b",
    "/gr%C3%BCn,   /grün",
    "/a%2Fb/c,     /a/b/c",
    "/a%252Fb,     /a%2Fb",
  })
  void findsTheRouteOfADecodedPath(String path, String route) {
    deploy(app("shop-abcde").with(HttpMethod.GET, route, "list"));

    HttpResponse<String> response = get("/app/shop-abcde/endpoint" + path);

    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(invoker.onlyCall().request().facts().route()).isEqualTo(route);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/Items",
        "/items//",
        "/x/../items",
        "/./items",
        "/x/%2e%2e/items",
        "/%2569tems",
        "/items%00",
        "/items;v=1",
        "//items",
        "",
        "/",
      })
  void anythingButTheExactRouteIsNotFound(String path) throws IOException {
    deploy(app("shop-abcde").with(HttpMethod.GET, "/items", "list"));

    try (RawConnection connection = raw()) {
      connection.send("GET /app/shop-abcde/endpoint" + path + " HTTP/1.1\r\nHost: h\r\n\r\n");
      RawConnection.Response response = connection.read();

      assertThat(response.status()).isEqualTo(404);
      assertThat(response.body()).isEqualTo(NO_ENDPOINT);
      assertThat(response.headers()).containsEntry("content-type", "application/json");
    }
    assertThat(invoker.calls()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/it%zzems", "/items%", "/items%4", "/%ff%fe"})
  void aPathThatCannotBeDecodedIsABadRequest(String path) throws IOException {
    deploy(app("shop-abcde").with(HttpMethod.GET, "/items", "list"));

    try (RawConnection connection = raw()) {
      connection.send("GET /app/shop-abcde/endpoint" + path + " HTTP/1.1\r\nHost: h\r\n\r\n");
      RawConnection.Response response = connection.read();

      assertThat(response.status()).isEqualTo(400);
      assertThat(response.body()).contains("\"error_code\":\"BadRequest\"");
    }
  }

  @Test
  void aDisabledEndpointIsNotThere() {
    deploy(
        app("shop-abcde")
            .with(disabled(endpoint(HttpMethod.GET, "/items", "list")), new RunAs.AsSystem()));

    HttpResponse<String> response = get("/app/shop-abcde/endpoint/items");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body()).isEqualTo(NO_ENDPOINT);
  }

  @Test
  void anUnknownAppIsNamedWithoutACode() {
    HttpResponse<String> response = get("/app/nobody-abcde/endpoint/items");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body())
        .isEqualTo("{\"error\":\"cannot find app using Client App ID 'nobody-abcde'\"}");
    assertThat(header(response, "Content-Type")).isEqualTo("application/json");
  }

  @Test
  void aHostileAppIdStaysInsideItsString() throws IOException {
    try (RawConnection connection = raw()) {
      connection.send("GET /app/a\"b\\c/endpoint/x HTTP/1.1\r\nHost: h\r\n\r\n");
      RawConnection.Response response = connection.read();

      assertThat(response.status()).isEqualTo(404);
      assertThat(response.body())
          .isEqualTo("{\"error\":\"cannot find app using Client App ID 'a\\\"b\\\\c'\"}");
    }
  }

  @Test
  void theUrlOfOneAppNeverReachesAnother() throws IOException {
    deploy(app("alpha-aaaaa").with(HttpMethod.ANY, "/only/a", "a"));
    deploy(app("beta-bbbbb").with(HttpMethod.ANY, "/only/b", "b"));

    for (String path :
        new String[] {
          "/app/alpha-aaaaa/endpoint/only/b",
          "/app/alpha-aaaaa/endpoint/../../beta-bbbbb/endpoint/only/b",
          "/app/alpha-aaaaa/endpoint/%2e%2e/%2e%2e/beta-bbbbb/endpoint/only/b",
          "/app/alpha-aaaaa%2f..%2fbeta-bbbbb/endpoint/only/b",
          "/app//beta-bbbbb/endpoint/only/b",
          "/app/ALPHA-aaaaa/endpoint/only/a",
        }) {
      try (RawConnection connection = raw()) {
        connection.send("GET " + path + " HTTP/1.1\r\nHost: beta-bbbbb\r\n\r\n");
        assertThat(connection.read().status()).as(path).isEqualTo(404);
      }
    }
    assertThat(invoker.calls()).isEmpty();
  }

  @Test
  void aNewRevisionServesAtOnceAndARemovedAppIsGone() {
    deploy(app("shop-abcde").with(HttpMethod.GET, "/old", "old"), 1);
    get("/app/shop-abcde/endpoint/old");

    deploy(app("shop-abcde").with(HttpMethod.GET, "/new", "new"), 2);
    int oldRoute = get("/app/shop-abcde/endpoint/old").statusCode();
    int newRoute = get("/app/shop-abcde/endpoint/new").statusCode();
    remove("shop-abcde");
    int afterwards = get("/app/shop-abcde/endpoint/new").statusCode();

    assertThat(oldRoute).isEqualTo(404);
    assertThat(newRoute).isEqualTo(204);
    assertThat(afterwards).isEqualTo(404);
    assertThat(invoker.calls())
        .extracting(call -> call.revision().number())
        .containsExactly(1L, 2L);
  }

  @Test
  void anEndpointWithoutItsFunctionRunsNothing() {
    deploy(app("shop-abcde").withoutFunction(endpoint(HttpMethod.GET, "/items", "gone")));

    HttpResponse<String> response = get("/app/shop-abcde/endpoint/items");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body())
        .isEqualTo(
            "{\"error\":\"function not found: 'gone'\",\"error_code\":\"FunctionNotFound\"}");
    assertThat(invoker.calls()).isEmpty();
  }

  @Test
  void otherUrlsAreNotFound() {
    assertThat(get("/").statusCode()).isEqualTo(404);
    assertThat(get("/app/").statusCode()).isEqualTo(404);
    assertThat(get("/app/shop-abcde/endpoints/x").statusCode()).isEqualTo(404);
  }
}
