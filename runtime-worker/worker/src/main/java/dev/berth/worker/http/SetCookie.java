package dev.berth.worker.http;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A cookie as a server sets it.
///
/// @param attributes by name in lower case; one without a value has an empty one
record SetCookie(String name, String value, Map<String, String> attributes) {

  SetCookie {
    attributes = Map.copyOf(attributes);
  }

  /// Reads the value of a `Set-Cookie` header, or `null` when it sets none.
  static @Nullable SetCookie parse(String header) {
    String[] parts = header.split(";", -1);
    int equals = parts[0].indexOf('=');
    String name = equals < 0 ? "" : parts[0].substring(0, equals).strip();
    if (name.isEmpty()) {
      return null;
    }
    Map<String, String> attributes = new HashMap<>();
    for (int i = 1; i < parts.length; i++) {
      int at = parts[i].indexOf('=');
      String attribute = (at < 0 ? parts[i] : parts[i].substring(0, at)).strip();
      attributes.put(
          attribute.toLowerCase(Locale.ROOT), at < 0 ? "" : parts[i].substring(at + 1).strip());
    }
    return new SetCookie(name, unquoted(parts[0].substring(equals + 1).strip()), attributes);
  }

  private static String unquoted(String value) {
    boolean isQuoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
    return isQuoted ? value.substring(1, value.length() - 1) : value;
  }

  @Nullable String attribute(String attribute) {
    return attributes.get(attribute);
  }

  /// Seconds until it expires, or `null` when it does not say so in seconds.
  @Nullable Integer maxAge() {
    String text = attributes.get("max-age");
    return text != null && text.matches("-?[0-9]{1,9}") ? Integer.valueOf(text) : null;
  }
}
