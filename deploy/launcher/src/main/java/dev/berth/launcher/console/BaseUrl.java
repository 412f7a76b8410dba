package dev.berth.launcher.console;

import dev.berth.appmodel.AppId;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

/// Where a browser or curl on this machine reaches the gateway.
///
/// @param scheme `http` or `https`
/// @param host the address that is listened on
/// @param port the port that is listened on
public record BaseUrl(String scheme, String host, int port) {

  /// Addresses that this machine knows by the shorter name.
  private static final Set<String> LOCAL = Set.of("127.0.0.1", "::1", "0.0.0.0", "::", "");

  /// The full URL of an endpoint.
  public String of(AppId app, String route) {
    try {
      String path = "/app/" + app + "/endpoint" + route;
      return this + new URI(null, null, path, null).getRawPath();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a route that begins with / is a path", e);
    }
  }

  @Override
  public String toString() {
    String name = LOCAL.contains(host) ? "localhost" : host;
    return scheme + "://" + (name.contains(":") ? "[" + name + "]" : name) + ":" + port;
  }
}
