package dev.berth.controlplane.packages;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/// Which addresses of the web packages may come from: npm runs in the network of the operator,
/// and fetches whatever an app names. Looks each host up once. Of one thread.
final class WebOrigins {

  private final Predicate<InetAddress> allowed;
  private final Map<String, Boolean> known = new HashMap<>();

  WebOrigins(Predicate<InetAddress> allowed) {
    this.allowed = allowed;
  }

  /// Every address there is.
  static WebOrigins anywhere() {
    return new WebOrigins(_ -> true);
  }

  /// Whether a package may come from a URL. One whose host does not exist may: it cannot.
  boolean allow(String url) {
    try {
      String host = new URI(url).getHost();
      return host != null && known.computeIfAbsent(host, this::isAllowed);
    } catch (URISyntaxException malformed) {
      return false;
    }
  }

  private boolean isAllowed(String host) {
    try {
      return Arrays.stream(InetAddress.getAllByName(host)).allMatch(allowed);
    } catch (UnknownHostException nowhere) {
      return true;
    }
  }
}
