package dev.berth.gateway.serving;

import dev.berth.gateway.reply.Refusal;
import dev.berth.gateway.route.AppRoutes;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/// A check of an app that needs nothing but the head of a request and memory, such as a list of
/// addresses or origins. Called on an event loop before anything else of the app is looked at.
@FunctionalInterface
public interface AdmissionRule {

  /// Decides for one request.
  ///
  /// @return why the app does not take the request; `null` when it does
  @Nullable Refusal refuse(AppRoutes routes, HttpServerRequest request);
}
