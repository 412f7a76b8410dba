package dev.berth.worker.http;

import dev.berth.invocation.Header;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// The headers that app code gave, none of which can become something else on the wire.
final class RequestHeaders {

  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  /// What says how a message is framed, or is meant for the next hop only. App code that hands on
  /// the headers of its own request has them in there; they are left out.
  private static final Set<String> FRAMING =
      Set.of(
          "connection",
          "content-length",
          "expect",
          "host",
          "http2-settings",
          "keep-alive",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private final List<Header> headers = new ArrayList<>();

  private RequestHeaders() {}

  /// @throws dev.berth.jsruntime.service.GuestServiceException when one is no header
  static RequestHeaders of(Map<String, List<String>> given) {
    RequestHeaders headers = new RequestHeaders();
    given.forEach((name, values) -> values.forEach(value -> headers.add(name, value)));
    return headers;
  }

  private void add(String name, String value) {
    if (!TOKEN.matcher(name).matches()) {
      throw Arguments.refused("headers", "has a name that no header may have");
    }
    if (!FRAMING.contains(name.toLowerCase(Locale.ROOT))) {
      headers.add(new Header(name, onTheWire("headers", value)));
    }
  }

  void set(String name, String value) {
    headers.removeIf(header -> header.name().equalsIgnoreCase(name));
    headers.add(new Header(name, value));
  }

  void setIfAbsent(String name, String value) {
    if (headers.stream().noneMatch(header -> header.name().equalsIgnoreCase(name))) {
      headers.add(new Header(name, value));
    }
  }

  List<Header> all() {
    return headers;
  }

  /// The value of a cookie as it travels.
  ///
  /// @throws dev.berth.jsruntime.service.GuestServiceException when it is no cookie
  static String cookieValue(String name, String value) {
    if (!TOKEN.matcher(name).matches() || value.indexOf(';') >= 0) {
      throw Arguments.refused("cookies", "has a name or a value that no cookie may have");
    }
    return onTheWire("cookies", value);
  }

  /// A value with one character for each of its bytes in UTF-8.
  ///
  /// @throws dev.berth.jsruntime.service.GuestServiceException when it holds a control character,
  /// such as one that ends a line
  static String onTheWire(String argument, String value) {
    if (value.chars().anyMatch(unit -> (unit < 0x20 && unit != '\t') || unit == 0x7f)) {
      throw Arguments.refused(argument, "has a value with a control character");
    }
    return new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
