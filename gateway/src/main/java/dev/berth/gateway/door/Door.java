package dev.berth.gateway.door;

import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/// How the gateway meets those who come.
///
/// @param certificate what it shows them; `null` for plain HTTP
/// @param proxies who may say in whose name they come
/// @param accessList who may come at all
public record Door(
    @Nullable Certificate certificate, TrustedProxies proxies, AccessList accessList) {

  /// Plain HTTP for everybody, with nothing in front.
  public static Door open() {
    return new Door(null, TrustedProxies.none(), AccessList.everybody());
  }

  /// The address of whoever sent the request, as far as it can be believed.
  public String clientOf(HttpServerRequest request) {
    String peer = request.remoteAddress().hostAddress();
    return proxies.ranges().isEmpty()
        ? peer
        : proxies.client(peer, request.headers().getAll("X-Forwarded-For"));
  }

  /// Whether the client may send requests at all.
  public boolean admits(HttpServerRequest request) {
    return accessList.ranges().isEmpty() || accessList.admits(clientOf(request));
  }

  /// How URLs begin that lead here.
  public String scheme() {
    return certificate == null ? "http" : "https";
  }
}
