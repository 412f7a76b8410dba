package dev.berth.gateway.reply;

import dev.berth.invocation.Header;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An error as clients are told of it: `{"error": …, "error_code": …}`.
///
/// @param error short and always the same, because clients compare it
/// @param errorCode `null` for the few errors that never had one
/// @param retryAfter how long to wait before the next attempt; `null` when nobody knows
public record Fault(
    int status, String error, @Nullable String errorCode, @Nullable Duration retryAfter) {

  public Fault(int status, String error, @Nullable String errorCode) {
    this(status, error, errorCode, null);
  }

  /// The reply to a request that any page may have sent.
  Reply reply() {
    List<Header> headers = headers();
    headers.add(CrossOrigin.ANYONE);
    return new Reply(status, headers, body().toBuffer());
  }

  /// The reply without a word about other origins.
  ///
  /// @param link where to read more
  public Reply reply(String link) {
    return new Reply(status, headers(), body().put("link", link).toBuffer());
  }

  private List<Header> headers() {
    List<Header> headers = new ArrayList<>(List.of(Reply.JSON));
    if (retryAfter != null) {
      // Rounded up: nobody is told to come too early.
      long seconds = Math.max(1, retryAfter.plusMillis(999).toSeconds());
      headers.add(new Header("Retry-After", Long.toString(seconds)));
    }
    return headers;
  }

  private JsonObject body() {
    JsonObject body = JsonObject.of("error", error);
    return errorCode == null ? body : body.put("error_code", errorCode);
  }
}
