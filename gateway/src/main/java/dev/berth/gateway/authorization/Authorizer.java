package dev.berth.gateway.authorization;

import dev.berth.gateway.request.IncomingRequest;
import dev.berth.gateway.route.BoundEndpoint;
import io.vertx.core.Future;

/// Decides whether an authenticated request may run.
@FunctionalInterface
public interface Authorizer {

  /// Decides for one request. Called on an event loop; must not block.
  ///
  /// A failed future means that it could not be decided; the request is then not run.
  Future<Authorization> authorize(BoundEndpoint target, IncomingRequest request);
}
