package dev.berth.gateway.clientapi;

import io.vertx.core.http.HttpMethod;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds the route of a request. Immutable.
final class RouteTable {

  /// A route and its template, split once.
  private record Entry(Route route, List<String> template) {}

  private final List<Entry> entries;

  RouteTable(List<Route> routes) {
    this.entries = routes.stream().map(route -> new Entry(route, route.segments())).toList();
  }

  /// A route that was found.
  ///
  /// @param parameters what stands in the path for `{name}`, by name
  record Match(Route route, Map<String, String> parameters) {}

  /// The route of a method and a URL.
  ///
  /// @param linking whether the query says `link=true`
  /// @return `null` when there is none
  @Nullable Match find(HttpMethod method, ClientUrl url, boolean linking) {
    for (Entry entry : entries) {
      if (entry.route.method().equals(method) && entry.route.linking() == linking) {
        Map<String, String> parameters = match(entry.template, url.segments());
        if (parameters != null) {
          return new Match(entry.route, parameters);
        }
      }
    }
    return linking ? find(method, url, false) : null;
  }

  private static @Nullable Map<String, String> match(List<String> template, List<String> path) {
    if (template.size() != path.size()) {
      return null;
    }
    Map<String, String> parameters = new HashMap<>();
    for (int i = 0; i < path.size(); i++) {
      String expected = template.get(i);
      if (expected.startsWith("{")) {
        parameters.put(expected.substring(1, expected.length() - 1), path.get(i));
      } else if (!expected.equals(path.get(i))) {
        return null;
      }
    }
    return parameters;
  }
}
