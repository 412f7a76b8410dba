package dev.berth.worker.http;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which addresses functions may reach.
///
/// @param anywhere whether everything is allowed that is not refused, but for what clouds tell
///     their machines alone
/// @param allowed besides, such as one private network
/// @param refused whatever else says otherwise, such as public addresses of the operator
public record OutboundPolicy(
    boolean anywhere, List<AddressRange> allowed, List<AddressRange> refused) {

  private static final String FORM =
      "\"any\" or \"public\", and then \",+RANGE\" or \",-RANGE\" as often as needed";

  public OutboundPolicy {
    allowed = List.copyOf(allowed);
    refused = List.copyOf(refused);
  }

  /// For a developer's own machine: all but what a cloud tells it.
  public static OutboundPolicy any() {
    return new OutboundPolicy(true, List.of(), List.of());
  }

  /// For production: the internet, and nothing of the operator's own networks.
  public static OutboundPolicy publicOnly() {
    return new OutboundPolicy(false, List.of(), List.of());
  }

  /// Reads what [#text] writes, such as `public,+10.1.0.0/16,-203.0.113.7`.
  ///
  /// @throws IllegalArgumentException with a message for the operator
  public static OutboundPolicy parse(String text) {
    List<AddressRange> allowed = new ArrayList<>();
    List<AddressRange> refused = new ArrayList<>();
    String[] parts = text.split(",", -1);
    if (!parts[0].equals("any") && !parts[0].equals("public")) {
      throw new IllegalArgumentException("must be %s, and is \"%s\"".formatted(FORM, text));
    }
    for (String part : List.of(parts).subList(1, parts.length)) {
      if (part.startsWith("+")) {
        allowed.add(AddressRange.parse(part.substring(1)));
      } else if (part.startsWith("-")) {
        refused.add(AddressRange.parse(part.substring(1)));
      } else {
        throw new IllegalArgumentException("must be %s, and is \"%s\"".formatted(FORM, text));
      }
    }
    return new OutboundPolicy(parts[0].equals("any"), allowed, refused);
  }

  /// In one word, for a person or for another process.
  public String text() {
    return Stream.of(
            Stream.of(anywhere ? "any" : "public"),
            allowed.stream().map(range -> "+" + range),
            refused.stream().map(range -> "-" + range))
        .flatMap(words -> words)
        .collect(Collectors.joining(","));
  }

  /// Whether functions may reach an address. Looks at the network interfaces of this machine, so
  /// it takes some microseconds.
  public boolean allows(InetAddress address) {
    return allows(address, OutboundPolicy::isOurs);
  }

  /// @param isOurs whether this machine itself has an address
  boolean allows(InetAddress address, Predicate<InetAddress> isOurs) {
    if (refused.stream().anyMatch(range -> range.contains(address))) {
      return false;
    }
    if (allowed.stream().anyMatch(range -> range.contains(address))) {
      return true;
    }
    if (MetadataAddresses.contain(address)) {
      return false;
    }
    return anywhere || (PublicAddresses.contain(address) && !isOurs.test(address));
  }

  /// Whether this machine itself has that address, which may well be a public one.
  private static boolean isOurs(InetAddress address) {
    try {
      return NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException e) {
      // What cannot be looked up is refused.
      return true;
    }
  }
}
