package dev.berth.gateway.door;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How the gateway meets those who come.
///
/// @param certificate what it shows them; `null` for plain HTTP
/// @param proxies who may say in whose name they come
/// @param accessList who may come at all
/// @param publicUrl where clients reach it, scheme and host without a slash at the end; `null` to
/// answer each with the name it used
public record Door(
    @Nullable Certificate certificate,
    TrustedProxies proxies,
    AccessList accessList,
    @Nullable String publicUrl) {

  private static final Pattern PUBLIC_URL = Pattern.compile("https?://[^/?#@\\s]+");

  private static final Pattern NAME =
      Pattern.compile("([A-Za-z0-9._~-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?");

  public Door {
    if (publicUrl != null && !isPublicUrl(publicUrl)) {
      throw new IllegalArgumentException(
          "the public URL must be like https://apps.example.com, without a path, and is "
              + publicUrl);
    }
  }

  /// Whether a text can be where clients reach a gateway.
  public static boolean isPublicUrl(String text) {
    return PUBLIC_URL.matcher(text).matches();
  }

  /// Plain HTTP for everybody, with nothing in front.
  public static Door open() {
    return new Door(null, TrustedProxies.none(), AccessList.everybody(), null);
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

  /// Where the client that sent the request reaches the gateway, without a slash at the end.
  public String urlFor(HttpServerRequest request) {
    if (publicUrl != null) {
      return publicUrl;
    }
    String peer = request.remoteAddress().hostAddress();
    String proto = proxies.said(peer, request.getHeader("X-Forwarded-Proto"));
    String scheme =
        "https".equals(proto) || "http".equals(proto) ? proto : request.isSSL() ? "https" : "http";
    String forwarded = proxies.said(peer, request.getHeader("X-Forwarded-Host"));
    String name = forwarded == null ? named(request) : forwarded;
    return scheme
        + "://"
        + (NAME.matcher(name).matches() ? name : "localhost:" + request.localAddress().port());
  }

  private static String named(HttpServerRequest request) {
    HostAndPort authority = request.authority();
    if (authority == null) {
      return "";
    }
    return authority.host() + (authority.port() > 0 ? ":" + authority.port() : "");
  }

  /// How URLs begin that lead here.
  public String scheme() {
    return certificate == null ? "http" : "https";
  }
}
