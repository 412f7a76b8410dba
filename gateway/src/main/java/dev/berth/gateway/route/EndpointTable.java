package dev.berth.gateway.route;

import dev.berth.appmodel.Endpoint;
import dev.berth.appmodel.HttpMethod;
import dev.berth.catalog.DeployedApp;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Every enabled endpoint of one app revision, by route and method. Immutable.
///
/// Routes are compared exactly, letter case included. A specific method wins over `ANY`. A route
/// that has no endpoint for the method is tried once more without or with one trailing slash.
public final class EndpointTable {

  private final Map<String, Map<String, BoundEndpoint>> byRoute;

  private EndpointTable(Map<String, Map<String, BoundEndpoint>> byRoute) {
    this.byRoute = byRoute;
  }

  static EndpointTable of(DeployedApp app, AppConstants constants) {
    Map<String, Map<String, BoundEndpoint>> byRoute = new HashMap<>();
    for (Endpoint endpoint : app.definition().endpoints()) {
      if (!endpoint.disabled()) {
        byRoute
            .computeIfAbsent(endpoint.route(), route -> new HashMap<>())
            .putIfAbsent(endpoint.method().name(), BoundEndpoint.of(app, endpoint, constants));
      }
    }
    byRoute.replaceAll((route, methods) -> Map.copyOf(methods));
    return new EndpointTable(byRoute);
  }

  /// The endpoint of a route and a method, or `null` when there is none.
  ///
  /// @param route what follows `/endpoint` in the path, percent-decoded
  /// @param method such as `GET`, as it stands in the request
  public @Nullable BoundEndpoint find(String route, String method) {
    BoundEndpoint exact = findExactly(route, method);
    return exact != null ? exact : findExactly(withOtherEnding(route), method);
  }

  private @Nullable BoundEndpoint findExactly(String route, String method) {
    Map<String, BoundEndpoint> methods = byRoute.get(route);
    if (methods == null) {
      return null;
    }
    BoundEndpoint specific = methods.get(method);
    return specific != null ? specific : methods.get(HttpMethod.ANY.name());
  }

  private static String withOtherEnding(String route) {
    return route.endsWith("/") ? route.substring(0, route.length() - 1) : route + "/";
  }
}
