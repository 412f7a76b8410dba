package dev.berth.invocation;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The request an endpoint function gets as its first argument.
///
/// @param query one pair per key, the first of repeated ones, percent-decoded, without `secret`
/// @param body the raw bytes; `null` when the request had none. Not to be changed by anyone
public record EndpointRequest(
    RequestFacts facts, List<QueryParameter> query, @Nullable Buffer body) {

  public EndpointRequest {
    query = List.copyOf(query);
  }

  /// One decoded query parameter.
  public record QueryParameter(String name, String value) {}
}
