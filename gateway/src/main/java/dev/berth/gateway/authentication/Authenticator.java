package dev.berth.gateway.authentication;

import dev.berth.appmodel.FunctionDefinition;
import dev.berth.gateway.request.IncomingRequest;
import dev.berth.gateway.route.BoundEndpoint;
import dev.berth.invocation.RequestId;
import io.vertx.core.Future;

/// Decides as whom the function of an endpoint runs.
@FunctionalInterface
public interface Authenticator {

  /// Decides for one request. Called on an event loop; must not block.
  ///
  /// A failed future means that it could not be decided; the request is then not run.
  ///
  /// @param function the endpoint's, which says the authentication mode
  Future<Authentication> authenticate(
      BoundEndpoint target, FunctionDefinition function, IncomingRequest request, RequestId id);
}
