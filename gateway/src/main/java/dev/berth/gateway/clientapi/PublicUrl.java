package dev.berth.gateway.clientapi;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where clients reach the gateway: all their requests after the first go there.
///
/// @param configured what the operator says; `null` to answer each client with the name it used
record PublicUrl(@Nullable String configured) {

  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._~-]+|\\[[0-9A-Fa-f:.]+]");

  /// Without a slash at the end.
  String of(HttpServerRequest request) {
    if (configured != null) {
      return configured;
    }
    String scheme = request.isSSL() ? "https://" : "http://";
    HostAndPort named = request.authority();
    if (named == null || !HOST.matcher(named.host()).matches()) {
      SocketAddress local = request.localAddress();
      return scheme + "localhost:" + local.port();
    }
    return scheme + named.host() + (named.port() > 0 ? ":" + named.port() : "");
  }

  /// The same for WebSockets.
  static String forWebSockets(String url) {
    return "ws" + url.substring("http".length());
  }
}
