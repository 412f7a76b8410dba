package dev.berth.gateway.dataapi;

import dev.berth.gateway.authentication.Authenticator;
import dev.berth.gateway.authorization.Authorizer;
import dev.berth.gateway.route.AppRoutes;
import dev.berth.gateway.route.BoundEndpoint;
import dev.berth.gateway.serving.Serving;
import dev.berth.invocation.Invoker;
import io.vertx.core.http.HttpServerRequest;

/// Serves the Data API of all apps on one listener. Confined to its event loop.
public final class DataApiCalls {

  final Serving serving;
  final Authenticator authenticator;
  final Authorizer authorizer;
  final Invoker invoker;

  private DataApiCalls(
      Serving serving, Authenticator authenticator, Authorizer authorizer, Invoker invoker) {
    this.serving = serving;
    this.authenticator = authenticator;
    this.authorizer = authorizer;
    this.invoker = invoker;
  }

  /// The Data API of one listener, for the callers that endpoints have.
  public static DataApiCalls on(
      Serving serving, Authenticator authenticator, Authorizer authorizer, Invoker invoker) {
    return new DataApiCalls(serving, authenticator, authorizer, invoker);
  }

  /// Answers a request to the Data API of an app that has one enabled in that version.
  ///
  /// @return false when the URL is none of those; nothing was done then
  public boolean handle(HttpServerRequest request, String path) {
    DataApiUrl url = DataApiUrl.parse(path);
    AppRoutes routes = url == null ? null : serving.routing().find(url.appId());
    BoundEndpoint dataApi = routes == null ? null : routes.dataApi();
    if (url == null || routes == null || dataApi == null) {
      return false;
    }
    if (!routes.app().definition().dataApi().versions().contains(url.version())) {
      return false;
    }
    new DataApiRequest(this, request, routes, dataApi, url).begin();
    return true;
  }
}
