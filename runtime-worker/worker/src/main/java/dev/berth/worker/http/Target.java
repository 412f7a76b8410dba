package dev.berth.worker.http;

import java.net.IDN;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where a request goes: a URL, taken apart and made fit for the wire.
///
/// @param secure whether it is `https`
/// @param host in lower case and ASCII, an IPv6 address in brackets
/// @param uri path and query, percent-encoded, beginning with a slash
/// @param credentials that the URL carried
record Target(
    boolean secure, String host, int port, String uri, @Nullable Credentials credentials) {

  private static final Pattern URL =
      Pattern.compile("(?<scheme>[A-Za-z][A-Za-z0-9+.-]*):(?<rest>.*)", Pattern.DOTALL);
  private static final Pattern AUTHORITY =
      Pattern.compile("(?<host>\\[[0-9a-f:.]*]|[a-z0-9._-]+)(?::(?<port>[0-9]{0,5}))?");

  /// What neither a path nor a query may hold as it is.
  private static final String ENCODED = "\"<>[\\]^`{|}";

  /// Takes a URL apart. What a browser would encode is encoded.
  ///
  /// @throws IllegalArgumentException with a message for app code
  static Target parse(String url) {
    Matcher parts = URL.matcher(url);
    if (!parts.matches() || !parts.group("rest").startsWith("//")) {
      throw new IllegalArgumentException("must be a URL such as https://example.com/path");
    }
    boolean secure = isSecure(parts.group("scheme"));
    String rest = parts.group("rest").substring(2);
    int end = endOfAuthority(rest);
    String authority = rest.substring(0, end);
    if (authority.indexOf('\\') >= 0) {
      // Some take it for a slash, and so read a different host.
      throw new IllegalArgumentException("must be a URL without backslashes in front of its path");
    }
    int at = authority.lastIndexOf('@');
    Credentials credentials = at < 0 ? null : credentials(authority.substring(0, at));
    Matcher host = AUTHORITY.matcher(ascii(authority.substring(at + 1)));
    if (!host.matches()) {
      throw new IllegalArgumentException("must be a URL with the name or address of a host");
    }
    return new Target(
        secure,
        host.group("host"),
        port(host.group("port"), secure),
        uri(rest.substring(end)),
        credentials);
  }

  private static boolean isSecure(String scheme) {
    return switch (scheme.toLowerCase(Locale.ROOT)) {
      case "http" -> false;
      case "https" -> true;
      default -> throw new IllegalArgumentException("must be a URL of the scheme http or https");
    };
  }

  private static int endOfAuthority(String rest) {
    for (int i = 0; i < rest.length(); i++) {
      if ("/?#".indexOf(rest.charAt(i)) >= 0) {
        return i;
      }
    }
    return rest.length();
  }

  private static Credentials credentials(String text) {
    int colon = text.indexOf(':');
    return colon < 0
        ? new Credentials(decoded(text), "")
        : new Credentials(decoded(text.substring(0, colon)), decoded(text.substring(colon + 1)));
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("must be a URL with well-formed credentials", e);
    }
  }

  private static String ascii(String host) {
    boolean isAscii = host.chars().allMatch(character -> character < 0x80);
    try {
      return (isAscii ? host : IDN.toASCII(host)).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("must be a URL with the name or address of a host", e);
    }
  }

  private static int port(@Nullable String text, boolean secure) {
    if (text == null || text.isEmpty()) {
      return secure ? 443 : 80;
    }
    int port = Integer.parseInt(text);
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("must be a URL with a port from 1 to 65535");
    }
    return port;
  }

  /// @param text path, query and fragment
  private static String uri(String text) {
    int fragment = text.indexOf('#');
    String sent = fragment < 0 ? text : text.substring(0, fragment);
    return (sent.startsWith("/") ? "" : "/") + encoded(sent);
  }

  private static String encoded(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (byte unit : text.getBytes(StandardCharsets.UTF_8)) {
      char character = (char) (unit & 0xff);
      if (character < 0x20 || character == 0x7f) {
        throw new IllegalArgumentException("must be a URL without control characters");
      }
      if (character == ' ' || character > 0x7f || ENCODED.indexOf(character) >= 0) {
        out.append(String.format(Locale.ROOT, "%%%02X", (int) character));
      } else {
        out.append(character);
      }
    }
    return out.toString();
  }

  /// Where a redirect leads.
  ///
  /// @param location of the response; whole, or relative to this
  /// @throws IllegalArgumentException when it leads nowhere
  Target resolve(String location) {
    if (URL.matcher(location).matches()) {
      return parse(location);
    }
    String scheme = secure ? "https:" : "http:";
    if (location.startsWith("//")) {
      return parse(scheme + location);
    }
    int fragment = location.indexOf('#');
    String relative = encoded(fragment < 0 ? location : location.substring(0, fragment));
    URI resolved = URI.create("http://host" + uri).resolve(relative);
    String query = resolved.getRawQuery();
    String path = resolved.getRawPath();
    return new Target(
        secure,
        host,
        port,
        (path.startsWith("/") ? path : "/" + path) + (query == null ? "" : "?" + query),
        null);
  }

  /// Whether what is meant for another target may go to this one: the same host and port, or the
  /// same host when it asks for `https` instead of `http`.
  boolean mayHaveSecretsOf(Target other) {
    boolean isSame = secure == other.secure && port == other.port;
    boolean isUpgrade = secure && port == 443 && !other.secure && other.port == 80;
    return host.equals(other.host) && (isSame || isUpgrade);
  }

  String hostWithoutBrackets() {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /// The value of a `Host` header.
  String authority() {
    return port == (secure ? 443 : 80) ? host : host + ":" + port;
  }

  Target withCredentials(@Nullable Credentials other) {
    return new Target(secure, host, port, uri, other);
  }
}
