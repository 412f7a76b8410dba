package dev.berth.gateway.request;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Percent-encoding of URLs (RFC 3986), decoded once and strictly.
public final class PercentCoding {

  private PercentCoding() {}

  /// A decoded path, or `null` when its encoding is broken or its bytes are not UTF-8.
  public static @Nullable String decodePath(String raw) {
    return raw.indexOf('%') < 0 && isAscii(raw) ? raw : decode(raw, false);
  }

  /// A decoded query key or value, in which `+` is a blank. What cannot be decoded stays as it
  /// is.
  public static String decodeQuery(String raw) {
    if (raw.indexOf('%') < 0 && raw.indexOf('+') < 0 && isAscii(raw)) {
      return raw;
    }
    String decoded = decode(raw, true);
    return decoded == null ? raw : decoded;
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0x7f) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable String decode(String raw, boolean plusIsBlank) {
    byte[] bytes = new byte[raw.length()];
    int length = 0;
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '%') {
        int value = i + 2 < raw.length() ? hexByte(raw.charAt(i + 1), raw.charAt(i + 2)) : -1;
        if (value < 0) {
          return null;
        }
        bytes[length++] = (byte) value;
        i += 2;
      } else {
        // One char is one received byte here: the request line is read as Latin-1.
        bytes[length++] = (byte) (plusIsBlank && c == '+' ? ' ' : c);
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, 0, length))
          .toString();
    } catch (CharacterCodingException notText) {
      return null;
    }
  }

  private static int hexByte(char high, char low) {
    int value = Character.digit(high, 16) << 4 | Character.digit(low, 16);
    return high < 0x80 && low < 0x80 ? value : -1;
  }
}
