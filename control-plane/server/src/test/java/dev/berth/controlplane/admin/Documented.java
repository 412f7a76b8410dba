package dev.berth.controlplane.admin;

import dev.berth.controlplane.admin.http.OpenApi;
import dev.berth.controlplane.admin.http.Route;
import dev.berth.controlplane.admin.http.RouteTable;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Compares what is answered in tests with what the OpenAPI document says.
final class Documented {

  private Documented() {}

  /// Fails when a route answers with a status that its documentation does not have.
  static void require(List<Route> routes, String method, String pathAndQuery, int status) {
    String path = URI.create("http://localhost" + pathAndQuery).getRawPath();
    List<String> parts =
        Arrays.stream(path.split("/", -1))
            .filter(part -> !part.isEmpty())
            .map(part -> URLDecoder.decode(part, StandardCharsets.UTF_8))
            .toList();
    RouteTable.Match match = new RouteTable(routes).find(HttpMethod.valueOf(method), parts);
    if (match != null && !statuses(match.route()).containsKey(Integer.toString(status))) {
      throw new AssertionError(
          method + " " + match.route().template() + " answers " + status + ", undocumented");
    }
  }

  private static JsonObject statuses(Route route) {
    return OpenApi.of(List.of(route))
        .getJsonObject("paths")
        .getJsonObject(route.template())
        .getJsonObject(route.method().name().toLowerCase(Locale.ROOT))
        .getJsonObject("responses");
  }
}
