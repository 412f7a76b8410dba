package dev.berth.gateway.reply;

import dev.berth.invocation.Header;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An HTTP response, ready to be written.
///
/// @param headers in the order they are written; none that concern the connection or the length
/// @param body `null` for a response that has none
public record Reply(int status, List<Header> headers, @Nullable Buffer body) {

  public static final Header JSON = new Header("Content-Type", "application/json");
  static final Header EJSON = new Header("Content-Type", "application/ejson");

  public Reply {
    headers = List.copyOf(headers);
  }
}
