package dev.berth.gateway.clientapi;

import dev.berth.gateway.authentication.Credentials;
import dev.berth.gateway.reply.MalformedBodyException;
import dev.berth.gateway.request.IncomingRequest;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One route of the client API, and what answers it.
///
/// @param template such as `/auth/api_keys/{id}`, below `/api/client/v2.0`
/// @param linking whether the query must say `link=true`; without it it must not
/// @param token what the request must carry
/// @param maxBytes of the body
/// @param isStream whether it answers with events, to clients that may be unable to set a header
record Route(
    HttpMethod method,
    String template,
    boolean linking,
    Token token,
    long maxBytes,
    boolean isStream,
    Action action) {

  /// Passwords, keys and tokens fit in easily; the largest token that is accepted has a million
  /// characters.
  private static final long ACCOUNT_BYTES = 2L * 1024 * 1024;

  /// Which token says who asks.
  enum Token {
    NONE,
    ACCESS,
    REFRESH
  }

  /// Answers a request that was read, and whose token was verified where the route wants one.
  @FunctionalInterface
  interface Action {

    /// Called on an event loop; must not block. A failed future means that the platform broke.
    Future<ClientAnswer> answer(ClientCall call) throws MalformedBodyException;
  }

  static Route of(HttpMethod method, String template, Token token, Action action) {
    return new Route(method, template, false, token, ACCOUNT_BYTES, false, action);
  }

  Route forLinking() {
    return new Route(method, template, true, token, maxBytes, isStream, action);
  }

  Route upTo(long bytes) {
    return new Route(method, template, linking, token, bytes, isStream, action);
  }

  Route asStream() {
    return new Route(method, template, linking, token, maxBytes, true, action);
  }

  /// The token of a request; `null` when it has none where this route looks.
  @Nullable String tokenIn(IncomingRequest request) {
    String token = Credentials.bearer(request.headers());
    return token == null && isStream ? WatchRequest.token(request.query()) : token;
  }

  List<String> segments() {
    return List.of(template.substring(1).split("/", -1));
  }
}
