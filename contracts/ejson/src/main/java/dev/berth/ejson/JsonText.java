package dev.berth.ejson;

import java.math.BigDecimal;

/// Strings and numbers in the spelling of `JSON.stringify`.
final class JsonText {

  private static final String HEX = "0123456789abcdef";

  private JsonText() {}

  /// Appends a quoted string. Runs of ordinary characters are copied at once.
  static void appendString(StringBuilder out, String text) {
    out.append('"');
    int copied = 0;
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (isOrdinary(character)) {
        continue;
      }
      if (Character.isSurrogate(character) && isPairAt(text, i)) {
        i++;
        continue;
      }
      out.append(text, copied, i);
      appendEscaped(out, character);
      copied = i + 1;
    }
    out.append(text, copied, text.length()).append('"');
  }

  private static boolean isOrdinary(char character) {
    return character >= ' '
        && character != '"'
        && character != '\\'
        && !Character.isSurrogate(character);
  }

  private static boolean isPairAt(String text, int index) {
    return Character.isHighSurrogate(text.charAt(index))
        && index + 1 < text.length()
        && Character.isLowSurrogate(text.charAt(index + 1));
  }

  /// Half a surrogate pair is escaped too: UTF-8 has no encoding for it.
  private static void appendEscaped(StringBuilder out, char character) {
    switch (character) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
          out.append(HEX.charAt((character >> shift) & 0xf));
        }
      }
    }
  }

  /// Appends a number as JavaScript prints it: `10`, `10.5`, `1e+21`; `null` when it is not
  /// finite.
  static void appendNumber(StringBuilder out, double number) {
    if (!Double.isFinite(number)) {
      out.append("null");
    } else if (number == (long) number && Math.abs(number) < 1e15) {
      out.append((long) number);
    } else if (Math.abs(number) >= 1e-3 && Math.abs(number) < 1e7) {
      out.append(number);
    } else {
      appendLargeOrSmall(out, number);
    }
  }

  private static void appendLargeOrSmall(StringBuilder out, double number) {
    BigDecimal shortest = new BigDecimal(Double.toString(Math.abs(number))).stripTrailingZeros();
    String digits = shortest.unscaledValue().toString();
    int point = digits.length() - shortest.scale();
    if (number < 0) {
      out.append('-');
    }
    if (point > 21 || point <= -6) {
      appendWithExponent(out, digits, point - 1);
    } else if (point <= 0) {
      out.append("0.").repeat('0', -point).append(digits);
    } else if (point >= digits.length()) {
      out.append(digits).repeat('0', point - digits.length());
    } else {
      out.append(digits, 0, point).append('.').append(digits, point, digits.length());
    }
  }

  private static void appendWithExponent(StringBuilder out, String digits, int exponent) {
    out.append(digits.charAt(0));
    if (digits.length() > 1) {
      out.append('.').append(digits, 1, digits.length());
    }
    out.append(exponent < 0 ? "e" : "e+").append(exponent);
  }
}
