package dev.berth.gateway.door;

import dev.berth.appmodel.region.ServedRegions;
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
/// @param regions that have names of their own
public record Door(
    @Nullable Certificate certificate,
    TrustedProxies proxies,
    AccessList accessList,
    @Nullable String publicUrl,
    ServedRegions regions) {

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

  /// One for apps that are reached under every name.
  public Door(
      @Nullable Certificate certificate,
      TrustedProxies proxies,
      AccessList accessList,
      @Nullable String publicUrl) {
    this(certificate, proxies, accessList, publicUrl, ServedRegions.none());
  }

  /// The same in front of other regions.
  public Door with(ServedRegions others) {
    return new Door(certificate, proxies, accessList, publicUrl, others);
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
    String name = nameFor(request);
    return scheme
        + "://"
        + (NAME.matcher(name).matches() ? name : "localhost:" + request.localAddress().port());
  }

  /// Whether an app of a region is asked for under the name of another one, or under the one of
  /// the whole installation. Names that belong to nobody, such as `localhost`, are as good as
  /// any.
  public boolean isElsewhere(HttpServerRequest request, String region) {
    String host = ServedRegions.hostOf("http://" + nameFor(request));
    if (host == null) {
      return false;
    }
    String here = regions.regionOfHost(host);
    return here == null
        ? publicUrl != null && host.equals(ServedRegions.hostOf(publicUrl))
        : !here.equals(region);
  }

  /// The name that the client used, as far as it can be believed.
  private String nameFor(HttpServerRequest request) {
    String forwarded =
        proxies.said(request.remoteAddress().hostAddress(), request.getHeader("X-Forwarded-Host"));
    return forwarded == null ? named(request) : forwarded;
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
