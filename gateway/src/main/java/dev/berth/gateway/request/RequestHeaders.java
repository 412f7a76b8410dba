package dev.berth.gateway.request;

import dev.berth.invocation.Header;
import io.vertx.core.MultiMap;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Received headers in the spelling that apps rely on: `Content-Type`, `X-Customheader`.
public final class RequestHeaders {

  private RequestHeaders() {}

  /// Every header line in the order received, names canonical, values as UTF-8 where they are.
  public static List<Header> canonical(MultiMap headers) {
    // Not as large as headers.size(): Vert.x sorts all names to count them.
    List<Header> lines = new ArrayList<>();
    for (Map.Entry<String, String> line : headers) {
      lines.add(new Header(canonicalName(line.getKey()), text(line.getValue())));
    }
    return lines;
  }

  /// The first letter and every letter after a `-` in upper case, the others in lower case.
  static String canonicalName(String name) {
    boolean upper = true;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c != inCase(c, upper)) {
        return rewritten(name);
      }
      upper = c == '-';
    }
    return name;
  }

  private static String rewritten(String name) {
    char[] chars = name.toCharArray();
    boolean upper = true;
    for (int i = 0; i < chars.length; i++) {
      chars[i] = inCase(chars[i], upper);
      upper = chars[i] == '-';
    }
    return new String(chars);
  }

  private static char inCase(char c, boolean upper) {
    if (upper) {
      return c >= 'a' && c <= 'z' ? (char) (c - 32) : c;
    }
    return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
  }

  /// Header bytes arrive as Latin-1, one char each; clients mean UTF-8 when they send more than
  /// ASCII.
  private static String text(String received) {
    for (int i = 0; i < received.length(); i++) {
      if (received.charAt(i) > 0x7f) {
        return utf8OrAsReceived(received);
      }
    }
    return received;
  }

  private static String utf8OrAsReceived(String received) {
    ByteBuffer bytes = ByteBuffer.wrap(received.getBytes(StandardCharsets.ISO_8859_1));
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException notUtf8) {
      return received;
    }
  }
}
