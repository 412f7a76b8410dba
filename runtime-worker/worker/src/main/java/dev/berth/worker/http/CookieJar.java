package dev.berth.worker.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The cookies that servers set in the course of one request of app code, each for whom it is
/// meant. It is thrown away with the request.
final class CookieJar {

  /// @param domain whose hosts get it, or the host alone when `exact`
  private record Key(String name, String domain, boolean exact, String path) {}

  private record Kept(SetCookie cookie, boolean secure) {}

  private final Map<Key, Kept> cookies = new LinkedHashMap<>();

  /// @param headers values of `Set-Cookie`
  void remember(Target from, List<String> headers) {
    for (String header : headers) {
      SetCookie cookie = SetCookie.parse(header);
      Key key = cookie == null ? null : key(from, cookie);
      if (cookie == null || key == null) {
        continue;
      }
      Integer maxAge = cookie.maxAge();
      if (maxAge != null && maxAge <= 0) {
        cookies.remove(key);
      } else {
        cookies.put(key, new Kept(cookie, cookie.attribute("secure") != null));
      }
    }
  }

  /// `null` for a cookie that the host may not set.
  private static @Nullable Key key(Target from, SetCookie cookie) {
    String path = cookie.attribute("path");
    String domain = cookie.attribute("domain");
    String kept = path == null || !path.startsWith("/") ? "/" : path;
    if (domain == null || domain.isEmpty()) {
      return new Key(cookie.name(), from.host(), true, kept);
    }
    String wanted =
        (domain.startsWith(".") ? domain.substring(1) : domain).toLowerCase(Locale.ROOT);
    boolean mayBeSet = isWithin(from.host(), wanted) && wanted.contains(".");
    return mayBeSet ? new Key(cookie.name(), wanted, false, kept) : null;
  }

  private static boolean isWithin(String host, String domain) {
    return host.equals(domain) || host.endsWith("." + domain);
  }

  /// The value of a `Cookie` header; empty for none.
  ///
  /// @param given by app code, by name, as they travel; they come first and win
  String header(Target target, Map<String, String> given) {
    Map<String, String> sent = new LinkedHashMap<>(given);
    cookies.forEach(
        (key, kept) -> {
          boolean fits =
              key.exact()
                  ? target.host().equals(key.domain())
                  : isWithin(target.host(), key.domain());
          if (fits && target.uri().startsWith(key.path()) && (target.secure() || !kept.secure())) {
            sent.putIfAbsent(key.name(), kept.cookie().value());
          }
        });
    return sent.entrySet().stream()
        .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
        .collect(Collectors.joining("; "));
  }
}
