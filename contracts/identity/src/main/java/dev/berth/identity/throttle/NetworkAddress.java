package dev.berth.identity.throttle;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;

/// Who counts as one at the other end of a connection.
final class NetworkAddress {

  /// The half of an IPv6 address that a provider hands out; the other half anyone chooses freely.
  private static final int NETWORK_BYTES = 8;

  private NetworkAddress() {}

  /// An IPv4 address as it is, an IPv6 address by its network; other text as it is.
  static String key(String remoteAddress) {
    if (remoteAddress.indexOf(':') < 0) {
      return remoteAddress;
    }
    try {
      return InetAddress.ofLiteral(remoteAddress) instanceof Inet6Address six
          ? HexFormat.of().formatHex(six.getAddress(), 0, NETWORK_BYTES)
          : remoteAddress;
    } catch (IllegalArgumentException noAddress) {
      return remoteAddress;
    }
  }
}
