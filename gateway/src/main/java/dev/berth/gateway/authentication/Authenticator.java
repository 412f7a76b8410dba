package dev.berth.gateway.authentication;

import dev.berth.appmodel.RunAs;
import dev.berth.gateway.request.IncomingRequest;
import dev.berth.gateway.route.BoundEndpoint;
import io.vertx.core.Future;

/// Decides as whom the function of an endpoint runs.
@FunctionalInterface
public interface Authenticator {

  /// Decides for one request. Called on an event loop; must not block.
  ///
  /// A failed future means that it could not be decided; the request is then not run.
  ///
  /// @param runAs the authentication mode of the endpoint's function
  Future<Authentication> authenticate(BoundEndpoint target, RunAs runAs, IncomingRequest request);
}
