package dev.berth.worker.http;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Where clouds tell a machine its secrets: link-local addresses, and those that single clouds
/// chose instead. Nobody but the machine itself has business there.
final class MetadataAddresses {

  /// Link-local, Alibaba, Azure, Oracle; then link-local, AWS, Google and Scaleway.
  private static final List<AddressRange> RANGES =
      Stream.of(
              "169.254.0.0/16",
              "100.100.100.200",
              "168.63.129.16",
              "192.0.0.192",
              "fe80::/10",
              "fd00:ec2::/32",
              "fd20:ce::254",
              "fd00:42::42")
          .map(AddressRange::parse)
          .toList();

  private static final AddressRange NAT64 = AddressRange.parse("64:ff9b::/96");
  private static final AddressRange SIX_TO_FOUR = AddressRange.parse("2002::/16");

  private MetadataAddresses() {}

  static boolean contain(InetAddress address) {
    return RANGES.stream().anyMatch(range -> range.contains(address))
        || (!(address instanceof Inet4Address) && isCarried(address));
  }

  /// Whether an IPv6 address is another form of such an IPv4 address.
  private static boolean isCarried(InetAddress address) {
    if (SIX_TO_FOUR.contains(address)) {
      return contain(carried(address, 2));
    }
    return (NAT64.contains(address) || isMappedOrCompatible(address.getAddress()))
        && contain(carried(address, 12));
  }

  private static boolean isMappedOrCompatible(byte[] address) {
    return IntStream.range(0, 10).allMatch(i -> address[i] == 0)
        && address[10] == address[11]
        && (address[10] == 0 || address[10] == (byte) 0xff);
  }

  private static InetAddress carried(InetAddress address, int at) {
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(address.getAddress(), at, at + 4));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }
}
