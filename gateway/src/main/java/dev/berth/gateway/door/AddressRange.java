package dev.berth.gateway.door;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Addresses that begin alike: `10.0.0.0/8`, `2001:db8::/32`, or a single one.
public final class AddressRange {

  private static final Logger LOG = LoggerFactory.getLogger(AddressRange.class);

  /// Java would also take `10.1`, which means 10.0.0.1 to some and a network to others.
  private static final Pattern FOUR_NUMBERS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

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
    InetAddress address = address(slash < 0 ? text : text.substring(0, slash));
    if (address == null) {
      throw new IllegalArgumentException(
          "\"%s\" is no IP address or range such as 10.0.0.0/8".formatted(text));
    }
    byte[] first = address.getAddress();
    int most = first.length * Byte.SIZE;
    int bits = slash < 0 ? most : bits(text.substring(slash + 1), most);
    if (bits < 0) {
      throw new IllegalArgumentException(
          "\"%s\": behind the slash must be a number from 0 to %d".formatted(text, most));
    }
    return new AddressRange(first, bits);
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

  /// The address that a text means; `null` for a name or nonsense.
  static @Nullable InetAddress address(String text) {
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
