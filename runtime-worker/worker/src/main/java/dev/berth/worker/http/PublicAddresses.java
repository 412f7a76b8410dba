package dev.berth.worker.http;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// The addresses of the internet, which is all but those that IANA keeps for something else.
final class PublicAddresses {

  /// This network, private, shared, loopback, link-local, protocol assignments, documentation,
  /// relays, benchmarks, multicast, reserved and broadcast.
  private static final List<AddressRange> OTHER_IPV4 =
      ranges(
          "0.0.0.0/8",
          "10.0.0.0/8",
          "100.64.0.0/10",
          "127.0.0.0/8",
          "169.254.0.0/16",
          "172.16.0.0/12",
          "192.0.0.0/24",
          "192.0.2.0/24",
          "192.88.99.0/24",
          "192.168.0.0/16",
          "198.18.0.0/15",
          "198.51.100.0/24",
          "203.0.113.0/24",
          "224.0.0.0/4",
          "240.0.0.0/4");

  private static final AddressRange GLOBAL_IPV6 = AddressRange.parse("2000::/3");

  /// Protocol assignments with Teredo, benchmarks and ORCHID, and documentation.
  private static final List<AddressRange> OTHER_IPV6 =
      ranges("2001::/23", "2001:db8::/32", "3fff::/20");

  private static final AddressRange NAT64 = AddressRange.parse("64:ff9b::/96");
  private static final AddressRange SIX_TO_FOUR = AddressRange.parse("2002::/16");

  private PublicAddresses() {}

  private static List<AddressRange> ranges(String... texts) {
    return Stream.of(texts).map(AddressRange::parse).toList();
  }

  static boolean contain(InetAddress address) {
    if (address instanceof Inet4Address) {
      return noneContains(OTHER_IPV4, address);
    }
    if (NAT64.contains(address)) {
      return contain(embedded(address, 12));
    }
    if (SIX_TO_FOUR.contains(address)) {
      return contain(embedded(address, 2));
    }
    return GLOBAL_IPV6.contains(address) && noneContains(OTHER_IPV6, address);
  }

  private static boolean noneContains(List<AddressRange> ranges, InetAddress address) {
    return ranges.stream().noneMatch(range -> range.contains(address));
  }

  /// The IPv4 address that an IPv6 address carries.
  private static InetAddress embedded(InetAddress address, int at) {
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(address.getAddress(), at, at + 4));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }
}
