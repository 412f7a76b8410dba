package dev.berth.gateway.reply;

import dev.berth.invocation.Header;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The headers that a function set, checked: nothing a function says may break out of its header
/// line or steer the connection.
final class FunctionHeaders {

  private static final Set<String> OURS =
      Set.of(
          "connection",
          "content-length",
          "keep-alive",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "x-berth-request-id");

  private final List<Header> kept = new ArrayList<>();
  private boolean contentType;
  private boolean crossOrigin;
  private @Nullable String fault;

  static FunctionHeaders of(List<Header> headers) {
    FunctionHeaders checked = new FunctionHeaders();
    headers.forEach(checked::add);
    return checked;
  }

  /// What is wrong with them, fit for the caller; `null` when nothing is.
  @Nullable String fault() {
    return fault;
  }

  boolean haveContentType() {
    return contentType;
  }

  /// Whether the function took cross-origin rules into its own hands.
  boolean haveCrossOrigin() {
    return crossOrigin;
  }

  /// A list of its own for the reply to complete.
  List<Header> toList() {
    return new ArrayList<>(kept);
  }

  static boolean isName(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean token =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
      if (!token) {
        return false;
      }
    }
    return !name.isEmpty();
  }

  private void add(Header header) {
    String name = header.name();
    if (!isName(name)) {
      fault = "not a header name: '" + name + "'";
    } else if (!isValue(header.value())) {
      fault = "the value of header '" + name + "' has a control character";
    } else if (!OURS.contains(name.toLowerCase(Locale.ROOT))) {
      contentType |= name.equalsIgnoreCase("Content-Type");
      crossOrigin |= name.regionMatches(true, 0, CrossOrigin.HEADER_PREFIX, 0, 15);
      kept.add(isAscii(header.value()) ? header : inUtf8(header));
    }
  }

  private static boolean isValue(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < ' ' && c != '\t') || c == 0x7f) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAscii(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) > 0x7f) {
        return false;
      }
    }
    return true;
  }

  /// The encoder writes one byte per char, so text beyond ASCII goes in as the bytes of its
  /// UTF-8.
  private static Header inUtf8(Header header) {
    byte[] bytes = header.value().getBytes(StandardCharsets.UTF_8);
    return new Header(header.name(), new String(bytes, StandardCharsets.ISO_8859_1));
  }
}
