package dev.berth.jsruntime.url;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.graalvm.shadowed.com.ibm.icu.text.IDNA;

/// Reads the host of a URL, and writes it in the one form it has.
final class UrlHost {

  private static final String FORBIDDEN = "\0\t\n\r #/:<>?@[\\]^|";

  /// Unicode's rules for names in URLs (UTS 46), as the standard has them: not transitional, and
  /// without the rules of STD3.
  private static final IDNA DOMAINS =
      IDNA.getUTS46Instance(
          IDNA.NONTRANSITIONAL_TO_ASCII
              | IDNA.NONTRANSITIONAL_TO_UNICODE
              | IDNA.CHECK_BIDI
              | IDNA.CHECK_CONTEXTJ);

  /// What is wrong with a name of the DNS and not with one in a URL.
  private static final Set<IDNA.Error> TOLERATED =
      EnumSet.of(
          IDNA.Error.EMPTY_LABEL,
          IDNA.Error.LABEL_TOO_LONG,
          IDNA.Error.DOMAIN_NAME_TOO_LONG,
          IDNA.Error.LEADING_HYPHEN,
          IDNA.Error.TRAILING_HYPHEN,
          IDNA.Error.HYPHEN_3_4);

  private UrlHost() {}

  static String parse(String input, boolean isSpecial) throws UrlSyntaxException {
    if (input.startsWith("[")) {
      if (!input.endsWith("]")) {
        throw new UrlSyntaxException();
      }
      return "[" + Ipv6Text.canonical(input.substring(1, input.length() - 1)) + "]";
    }
    if (!isSpecial) {
      if (input.chars().anyMatch(c -> FORBIDDEN.indexOf(c) >= 0)) {
        throw new UrlSyntaxException();
      }
      return PercentEncoding.CONTROL.encode(input);
    }
    String domain = toAscii(PercentEncoding.decode(input));
    return endsInNumber(domain) ? ipv4(domain) : domain;
  }

  private static String toAscii(String domain) throws UrlSyntaxException {
    String ascii = domain.toLowerCase(Locale.ROOT);
    if (ascii.contains("xn--") || domain.chars().anyMatch(c -> c > 127)) {
      IDNA.Info info = new IDNA.Info();
      StringBuilder out = new StringBuilder();
      DOMAINS.nameToASCII(domain, out, info);
      info.getErrors().removeAll(TOLERATED);
      if (!info.getErrors().isEmpty()) {
        throw new UrlSyntaxException();
      }
      ascii = out.toString();
    }
    if (ascii.isEmpty() || ascii.chars().anyMatch(UrlHost::isForbiddenInDomain)) {
      throw new UrlSyntaxException();
    }
    return ascii;
  }

  private static boolean isForbiddenInDomain(int c) {
    return c <= 0x20 || c >= 0x7f || c == '%' || FORBIDDEN.indexOf(c) >= 0;
  }

  // ---- IPv4

  private static boolean endsInNumber(String domain) {
    List<String> parts = parts(domain);
    String last = parts.getLast();
    return (!last.isEmpty() && last.chars().allMatch(c -> c >= '0' && c <= '9'))
        || (last.startsWith("0x") && hasDigits(last.substring(2), 16));
  }

  /// Between dots; one at the end does not count.
  private static List<String> parts(String domain) {
    List<String> parts = new ArrayList<>(List.of(domain.split("\\.", -1)));
    if (parts.size() > 1 && parts.getLast().isEmpty()) {
      parts.removeLast();
    }
    return parts;
  }

  private static String ipv4(String domain) throws UrlSyntaxException {
    List<String> parts = parts(domain);
    if (parts.size() > 4) {
      throw new UrlSyntaxException();
    }
    long address = 0;
    for (int i = 0; i < parts.size(); i++) {
      long number = number(parts.get(i));
      boolean isLast = i == parts.size() - 1;
      if (isLast ? number >= 1L << (8 * (4 - i)) : number > 255) {
        throw new UrlSyntaxException();
      }
      address += isLast ? number : number << (8 * (3 - i));
    }
    return (address >> 24)
        + "."
        + (address >> 16 & 255)
        + "."
        + (address >> 8 & 255)
        + "."
        + (address & 255);
  }

  private static long number(String part) throws UrlSyntaxException {
    String digits = part;
    int radix = 10;
    if (part.startsWith("0x")) {
      digits = part.substring(2);
      radix = 16;
    } else if (part.length() > 1 && part.startsWith("0")) {
      digits = part.substring(1);
      radix = 8;
    }
    if (part.isEmpty() || !hasDigits(digits, radix)) {
      throw new UrlSyntaxException();
    }
    String significant = digits.replaceFirst("^0+", "");
    if (significant.length() > 12) {
      throw new UrlSyntaxException();
    }
    return significant.isEmpty() ? 0 : Long.parseLong(significant, radix);
  }

  private static boolean hasDigits(String text, int radix) {
    return text.chars().allMatch(c -> c < 128 && Character.digit(c, radix) >= 0);
  }
}
