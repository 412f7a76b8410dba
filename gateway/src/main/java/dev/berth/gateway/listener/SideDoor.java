package dev.berth.gateway.listener;

import io.vertx.core.http.HttpServerRequest;

/// Somebody else who answers requests on the gateway's port.
public interface SideDoor {

  /// Whether requests for that path go there.
  boolean takes(String path);

  /// Answers a request. Called on the event loop that serves it; must not block.
  ///
  /// @param clientAddress of whoever sent it, as far as it can be believed
  /// @param url where the client reaches the gateway, without a slash at the end
  void handle(HttpServerRequest request, String clientAddress, String url);
}
