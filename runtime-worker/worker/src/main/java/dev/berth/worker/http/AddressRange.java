package dev.berth.worker.http;

import java.net.InetAddress;

/// All addresses that begin with the same bits, such as `10.0.0.0/8` or `fd00::/8`.
///
/// @param base only its first bits count
/// @param bits how many
record AddressRange(InetAddress base, int bits) {

  AddressRange {
    if (bits < 0 || bits > base.getAddress().length * 8) {
      throw new IllegalArgumentException("no address has %d bits in front".formatted(bits));
    }
  }

  /// Reads a range, or a single address. Never asks a name server.
  ///
  /// @throws IllegalArgumentException with a message that shows the text
  static AddressRange parse(String text) {
    int slash = text.indexOf('/');
    try {
      InetAddress base = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
      int all = base.getAddress().length * 8;
      return new AddressRange(base, slash < 0 ? all : Integer.parseInt(text.substring(slash + 1)));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "\"%s\" is no range of addresses such as 10.0.0.0/8 or fd00::/8".formatted(text), e);
    }
  }

  boolean contains(InetAddress address) {
    byte[] wanted = base.getAddress();
    byte[] given = address.getAddress();
    if (wanted.length != given.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit % 8);
      if (((wanted[bit / 8] ^ given[bit / 8]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return base.getHostAddress() + "/" + bits;
  }
}
