package dev.berth.gateway.authorization;

import io.vertx.core.Future;

/// Decides whether an authenticated request may run.
@FunctionalInterface
public interface Authorizer {

  /// Decides for one request. Called on an event loop; must not block.
  ///
  /// A failed future means that it could not be decided; the request is then not run.
  Future<Authorization> authorize(AuthenticatedRequest request);

  /// What both allow. The other one is not asked about what this one denies.
  default Authorizer and(Authorizer other) {
    return request -> {
      Future<Authorization> first = authorize(request);
      // Almost always known at once, and then composing would be the dearest part of it.
      return first.succeeded() && first.result() instanceof Authorization.Allowed
          ? other.authorize(request)
          : first.compose(
              authorization ->
                  switch (authorization) {
                    case Authorization.Allowed() -> other.authorize(request);
                    case Authorization.Denied _ -> first;
                  });
    };
  }
}
