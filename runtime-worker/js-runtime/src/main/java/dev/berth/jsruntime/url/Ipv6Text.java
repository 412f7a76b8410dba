package dev.berth.jsruntime.url;

import java.util.Arrays;

/// Addresses of IPv6 as text.
final class Ipv6Text {

  private final String text;
  private final int[] pieces = new int[8];
  private int at;
  private int piece;
  private int gap = -1;

  private Ipv6Text(String text) {
    this.text = text;
  }

  /// The one form of an address: no zeros in front, and the longest run of zeros left out.
  static String canonical(String text) throws UrlSyntaxException {
    Ipv6Text address = new Ipv6Text(text);
    address.read();
    return address.written();
  }

  private void read() throws UrlSyntaxException {
    if (text.startsWith(":")) {
      check(text.startsWith("::"));
      at = 2;
      gap = 0;
    }
    while (at < text.length()) {
      check(piece < 8);
      if (text.charAt(at) == ':') {
        check(gap < 0);
        at++;
        gap = piece;
        continue;
      }
      readPiece();
    }
    if (gap >= 0) {
      int moved = piece - gap;
      check(piece < 8);
      System.arraycopy(pieces, gap, pieces, 8 - moved, moved);
      Arrays.fill(pieces, gap, 8 - moved, 0);
    } else {
      check(piece == 8);
    }
  }

  private void readPiece() throws UrlSyntaxException {
    int start = at;
    int value = 0;
    while (at < text.length() && at < start + 4 && digit(at, 16) >= 0) {
      value = value * 16 + digit(at, 16);
      at++;
    }
    if (at < text.length() && text.charAt(at) == '.') {
      check(at > start && piece <= 6);
      at = start;
      readIpv4();
      return;
    }
    if (at < text.length()) {
      check(text.charAt(at) == ':' && at > start);
      at++;
      check(at < text.length());
    }
    pieces[piece++] = value;
  }

  private void readIpv4() throws UrlSyntaxException {
    String[] parts = text.substring(at).split("\\.", -1);
    check(parts.length == 4);
    for (int i = 0; i < 4; i++) {
      String part = parts[i];
      check(!part.isEmpty() && part.length() <= 3);
      check(part.chars().allMatch(c -> c >= '0' && c <= '9'));
      check(part.length() == 1 || part.charAt(0) != '0');
      int value = Integer.parseInt(part);
      check(value <= 255);
      pieces[piece + i / 2] = pieces[piece + i / 2] * 256 + value;
    }
    piece += 2;
    at = text.length();
  }

  private int digit(int index, int radix) {
    char c = text.charAt(index);
    return c < 128 ? Character.digit(c, radix) : -1;
  }

  private static void check(boolean holds) throws UrlSyntaxException {
    if (!holds) {
      throw new UrlSyntaxException();
    }
  }

  private String written() {
    int longest = -1;
    int length = 1;
    for (int i = 0; i < 8; i++) {
      int zeros = 0;
      while (i + zeros < 8 && pieces[i + zeros] == 0) {
        zeros++;
      }
      if (zeros > length) {
        longest = i;
        length = zeros;
      }
      i += Math.max(0, zeros - 1);
    }
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      if (i == longest) {
        out.append(i == 0 ? "::" : ":");
        i += length - 1;
      } else {
        out.append(Integer.toHexString(pieces[i])).append(i < 7 ? ":" : "");
      }
    }
    return out.toString();
  }
}
