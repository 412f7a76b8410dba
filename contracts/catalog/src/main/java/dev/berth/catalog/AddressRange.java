package dev.berth.catalog;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Addresses that begin alike: `10.0.0.0/8`, `2001:db8::/32`, or a single one. Whoever keeps such
/// texts and whoever compares addresses with them reads them here.
public final class AddressRange {

  private static final Logger LOG = LoggerFactory.getLogger(AddressRange.class);

  /// Java would also take `10.1`, which means 10.0.0.1 to some and a network to others.
  private static final Pattern FOUR_NUMBERS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

  private static final int IPV4_BITS = 32;
  private static final int MAPPED_BITS = 96;

  private final byte[] first;
  private final int bits;

  private AddressRange(byte[] first, int bits) {
    this.first = first;
    this.bits = bits;
  }

  /// Reads an IP address, or one with the number of bits that count behind a slash. Never asks a
  /// name server.
  ///
  /// @throws IllegalArgumentException with a message fit for a person
  public static AddressRange parse(String text) {
    int slash = text.indexOf('/');
    String written = slash < 0 ? text : text.substring(0, slash);
    InetAddress address = written.indexOf('%') < 0 ? address(written) : null;
    if (address == null) {
      throw new IllegalArgumentException(
          "\"%s\" is no IP address or range such as 10.0.0.0/8".formatted(text));
    }
    byte[] first = address.getAddress();
    int counted = first.length * Byte.SIZE;
    // An IPv4 address in the form of IPv6 has that many bits in front of its own.
    int before = written.indexOf(':') >= 0 && counted == IPV4_BITS ? MAPPED_BITS : 0;
    int most = before + counted;
    int bits = slash < 0 ? most : bits(text.substring(slash + 1), most);
    if (bits < before) {
      throw new IllegalArgumentException(
          "\"%s\": behind the slash must be a number from %d to %d".formatted(text, before, most));
    }
    return new AddressRange(first, bits - before);
  }

  /// Reads several. What cannot be read is left out, so that it lets nobody in.
  public static List<AddressRange> readable(List<String> texts) {
    List<AddressRange> ranges = new ArrayList<>();
    for (String text : texts) {
      try {
        ranges.add(parse(text));
      } catch (IllegalArgumentException unreadable) {
        LOG.atWarn().addKeyValue("address", text).log("an allowed address cannot be read");
      }
    }
    return List.copyOf(ranges);
  }

  private static int bits(String digits, int most) {
    try {
      int bits = Integer.parseUnsignedInt(digits);
      return bits >= 0 && bits <= most ? bits : -1;
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /// The address that a text means; `null` for a name or nonsense. Never asks a name server.
  public static @Nullable InetAddress address(String text) {
    if (text.indexOf(':') < 0 && !FOUR_NUMBERS.matcher(text).matches()) {
      return null;
    }
    try {
      return InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /// Whether an address is in one of several ranges. What is no address is in none.
  public static boolean anyContains(List<AddressRange> ranges, String text) {
    InetAddress address = address(text);
    return address != null && ranges.stream().anyMatch(range -> range.contains(address));
  }

  /// Whether the address is one of these. An IPv4 address that is written as an IPv6 one counts
  /// as what it is.
  public boolean contains(InetAddress address) {
    byte[] other = address.getAddress();
    if (other.length != first.length) {
      return false;
    }
    int whole = bits / Byte.SIZE;
    if (!Arrays.equals(first, 0, whole, other, 0, whole)) {
      return false;
    }
    int rest = bits % Byte.SIZE;
    return rest == 0 || ((first[whole] ^ other[whole]) & 0xff) >> (Byte.SIZE - rest) == 0;
  }
}
