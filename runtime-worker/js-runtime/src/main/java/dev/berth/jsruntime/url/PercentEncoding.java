package dev.berth.jsruntime.url;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.IntPredicate;

/// Characters that may not stand for themselves in a part of a URL.
///
/// @param encoded whether a code point of ASCII is written as `%XX`; all others are anyway
record PercentEncoding(IntPredicate encoded) {

  static final PercentEncoding CONTROL = new PercentEncoding(c -> c < 0x20 || c > 0x7e);
  static final PercentEncoding FRAGMENT = CONTROL.and(" \"<>`");
  static final PercentEncoding QUERY = CONTROL.and(" \"#<>");
  static final PercentEncoding SPECIAL_QUERY = QUERY.and("'");
  static final PercentEncoding PATH = QUERY.and("?^`{}");
  static final PercentEncoding USER = PATH.and("/:;=@[\\]|");

  private static final String HEX = "0123456789ABCDEF";

  private PercentEncoding and(String more) {
    return new PercentEncoding(c -> encoded.test(c) || more.indexOf(c) >= 0);
  }

  void append(StringBuilder out, int codePoint) {
    if (!encoded.test(codePoint)) {
      out.appendCodePoint(codePoint);
      return;
    }
    boolean isHalf = codePoint >= 0xd800 && codePoint <= 0xdfff;
    String character = isHalf ? "\ufffd" : Character.toString(codePoint);
    for (byte b : character.getBytes(StandardCharsets.UTF_8)) {
      out.append('%').append(HEX.charAt((b >> 4) & 15)).append(HEX.charAt(b & 15));
    }
  }

  String encode(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints().forEach(c -> append(out, c));
    return out.toString();
  }

  /// What percent-encoded UTF-8 says; what is none stays, or becomes replacement characters.
  static String decode(String text) {
    byte[] in = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream(in.length);
    for (int i = 0; i < in.length; i++) {
      if (in[i] == '%' && i + 2 < in.length && isHex(in[i + 1]) && isHex(in[i + 2])) {
        out.write(Character.digit(in[i + 1], 16) * 16 + Character.digit(in[i + 2], 16));
        i += 2;
      } else {
        out.write(in[i]);
      }
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static boolean isHex(int c) {
    return c < 128 && Character.digit(c, 16) >= 0;
  }
}
