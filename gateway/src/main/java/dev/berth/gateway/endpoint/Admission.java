package dev.berth.gateway.endpoint;

import dev.berth.gateway.reply.Refusal;
import dev.berth.gateway.request.PercentCoding;
import dev.berth.gateway.route.AppRoutes;
import dev.berth.gateway.route.BoundEndpoint;
import dev.berth.gateway.serving.Serving;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

/// What the head of a request says about it, before any of its body is read.
sealed interface Admission {

  /// The request is for an endpoint.
  record Admitted(AppRoutes routes, BoundEndpoint target) implements Admission {}

  /// A browser asks whether it may send a request.
  record Preflight() implements Admission {}

  /// The request ends here.
  record Refused(Refusal refusal) implements Admission {}

  /// Decides in this order: the app, its rules, preflight, the endpoint.
  static Admission decide(HttpServerRequest request, String path, Serving serving) {
    EndpointUrl url = EndpointUrl.parse(path);
    if (url == null) {
      return new Refused(new Refusal.PageNotFound());
    }
    AppRoutes routes = serving.routing().find(url.appId());
    if (routes == null) {
      return new Refused(new Refusal.AppNotFound(url.appId()));
    }
    Refusal refusal = serving.refusal(routes, request);
    if (refusal != null) {
      return new Refused(refusal);
    }
    return request.method().equals(HttpMethod.OPTIONS)
        ? new Preflight()
        : find(routes, url.rawRoute(), request.method().name());
  }

  private static Admission find(AppRoutes routes, String rawRoute, String method) {
    String route = PercentCoding.decodePath(rawRoute);
    if (route == null) {
      return new Refused(new Refusal.BadPath());
    }
    BoundEndpoint target = routes.endpoints().find(route, method);
    return target == null
        ? new Refused(new Refusal.EndpointNotFound())
        : new Admitted(routes, target);
  }
}
