package dev.berth.gateway.clientapi;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.util.List;

/// One route of the client API, and what answers it.
///
/// @param template such as `/auth/api_keys/{id}`, below `/api/client/v2.0`
/// @param linking whether the query must say `link=true`; without it it must not
/// @param token what the request must carry
/// @param maxBytes of the body
record Route(
    HttpMethod method,
    String template,
    boolean linking,
    Token token,
    long maxBytes,
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
    return new Route(method, template, false, token, ACCOUNT_BYTES, action);
  }

  Route forLinking() {
    return new Route(method, template, true, token, maxBytes, action);
  }

  Route upTo(long bytes) {
    return new Route(method, template, linking, token, bytes, action);
  }

  List<String> segments() {
    return List.of(template.substring(1).split("/", -1));
  }
}
