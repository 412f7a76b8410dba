package dev.berth.jsruntime.url;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A URL in parts, each in its written form. The parser changes it while it reads.
final class UrlRecord {

  /// The schemes that browsers treat in a way of their own, with their ports; `file` has none.
  private static final Map<String, Integer> SPECIAL =
      Map.of("ftp", 21, "file", -1, "http", 80, "https", 443, "ws", 80, "wss", 443);

  String scheme = "";
  String username = "";
  String password = "";
  @Nullable String host;
  int port = -1;
  List<String> path = new ArrayList<>();
  @Nullable String opaquePath;
  @Nullable String query;
  @Nullable String fragment;

  UrlRecord copy() {
    UrlRecord copy = new UrlRecord();
    copy.scheme = scheme;
    copy.username = username;
    copy.password = password;
    copy.host = host;
    copy.port = port;
    copy.path = new ArrayList<>(path);
    copy.opaquePath = opaquePath;
    copy.query = query;
    copy.fragment = fragment;
    return copy;
  }

  static boolean isSpecial(String scheme) {
    return SPECIAL.containsKey(scheme);
  }

  boolean isSpecial() {
    return isSpecial(scheme);
  }

  boolean isDefaultPort(int candidate) {
    Integer usual = SPECIAL.get(scheme);
    return usual != null && usual == candidate;
  }

  boolean hasCredentials() {
    return !username.isEmpty() || !password.isEmpty();
  }

  boolean cannotHaveCredentials() {
    return host == null || host.isEmpty() || scheme.equals("file");
  }

  /// Goes one folder up; the drive of a Windows file stays.
  void shortenPath() {
    boolean isDrive = scheme.equals("file") && path.size() == 1 && isNormalDrive(path.getFirst());
    if (!isDrive && !path.isEmpty()) {
      path.removeLast();
    }
  }

  static boolean isDrive(String text) {
    return text.length() == 2
        && isLetter(text.charAt(0))
        && (text.charAt(1) == ':' || text.charAt(1) == '|');
  }

  static boolean isNormalDrive(String text) {
    return isDrive(text) && text.charAt(1) == ':';
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  // ---- the parts as functions see them

  String pathname() {
    if (opaquePath != null) {
      return opaquePath;
    }
    StringBuilder out = new StringBuilder();
    path.forEach(segment -> out.append('/').append(segment));
    return out.toString();
  }

  String hostAndPort() {
    return host == null ? "" : port < 0 ? host : host + ":" + port;
  }

  String search() {
    return query == null || query.isEmpty() ? "" : "?" + query;
  }

  String hash() {
    return fragment == null || fragment.isEmpty() ? "" : "#" + fragment;
  }

  String href() {
    StringBuilder out = new StringBuilder(scheme).append(':');
    if (host != null) {
      out.append("//");
      if (hasCredentials()) {
        out.append(username);
        if (!password.isEmpty()) {
          out.append(':').append(password);
        }
        out.append('@');
      }
      out.append(hostAndPort());
    } else if (opaquePath == null && path.size() > 1 && path.getFirst().isEmpty()) {
      // Otherwise the path would read as a host.
      out.append("/.");
    }
    out.append(pathname());
    if (query != null) {
      out.append('?').append(query);
    }
    if (fragment != null) {
      out.append('#').append(fragment);
    }
    return out.toString();
  }

  String origin() {
    return switch (scheme) {
      case "http", "https", "ws", "wss", "ftp" -> scheme + "://" + hostAndPort();
      case "blob" -> originOfBlob();
      default -> "null";
    };
  }

  private String originOfBlob() {
    try {
      UrlRecord inner = UrlParser.parse(pathname(), null);
      boolean isWeb = inner.scheme.equals("http") || inner.scheme.equals("https");
      return isWeb ? inner.origin() : "null";
    } catch (UrlSyntaxException _) {
      return "null";
    }
  }
}
