package dev.berth.controlplane.admin.http;

import io.vertx.core.http.HttpMethod;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds the route of a request. Of two that fit, the one without a name in braces counts.
public final class RouteTable {

  private record Entry(Route route, List<String> template) {}

  private final List<Route> routes;
  private final List<Entry> entries;

  public RouteTable(List<Route> routes) {
    this.routes = List.copyOf(routes);
    this.entries =
        routes.stream()
            .map(route -> new Entry(route, route.segments()))
            .sorted((one, other) -> Long.compare(names(one.template), names(other.template)))
            .toList();
  }

  private static long names(List<String> template) {
    return template.stream().filter(part -> part.startsWith("{")).count();
  }

  /// Every route, in the order in which they were given.
  public List<Route> routes() {
    return routes;
  }

  /// A route that was found.
  ///
  /// @param parameters what stands in the path for `{name}`, by name
  public record Match(Route route, Map<String, String> parameters) {

    public Match {
      parameters = Map.copyOf(parameters);
    }
  }

  /// The route of a method and a path; `null` when there is none.
  public @Nullable Match find(HttpMethod method, List<String> path) {
    for (Entry entry : entries) {
      if (entry.route.method().equals(method)) {
        Map<String, String> parameters = match(entry.template, path);
        if (parameters != null) {
          return new Match(entry.route, parameters);
        }
      }
    }
    return null;
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
