package dev.berth.gateway.request;

import dev.berth.invocation.EndpointRequest;
import dev.berth.invocation.RequestFacts;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/// A request that was read to its end.
///
/// @param headers as received; not to be changed
/// @param body the raw bytes; `null` when there are none; not to be changed
public record IncomingRequest(
    String method,
    String remoteIpAddress,
    MultiMap headers,
    QueryString query,
    @Nullable Buffer body) {

  /// What the function gets of it.
  ///
  /// @param route the endpoint's route
  public EndpointRequest toEndpointRequest(String route) {
    RequestFacts facts =
        new RequestFacts(
            remoteIpAddress,
            method,
            route,
            query.withoutSecret(),
            RequestHeaders.canonical(headers));
    return new EndpointRequest(facts, query.parameters(), body);
  }

  /// Shows no content: headers, query and body may hold credentials.
  @Override
  public String toString() {
    return "IncomingRequest[" + method + "]";
  }
}
