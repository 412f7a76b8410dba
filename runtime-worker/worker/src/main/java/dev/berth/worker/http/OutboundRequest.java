package dev.berth.worker.http;

import dev.berth.invocation.Header;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What app code asked for, judged and complete.
///
/// @param headers fit for the wire, without those that frame a message
/// @param cookies by name, fit for the wire
/// @param body `null` for none
/// @param digest whether the credentials of the target answer a challenge instead of being sent
/// @param login where cookies are fetched first; `null` for nowhere
record OutboundRequest(
    HttpMethod method,
    Target target,
    List<Header> headers,
    Map<String, String> cookies,
    @Nullable Buffer body,
    boolean digest,
    boolean followsRedirects,
    @Nullable Target login) {

  OutboundRequest {
    headers = List.copyOf(headers);
  }

  /// It holds tokens and passwords.
  @Override
  public String toString() {
    return "OutboundRequest[" + method + " " + target.host() + "]";
  }
}
