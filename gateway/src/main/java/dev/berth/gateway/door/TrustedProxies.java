package dev.berth.gateway.door;

import dev.berth.catalog.AddressRange;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The proxies in front of the gateway whose `X-Forwarded-` headers are believed. What anybody
/// else says in such a header is nothing but text that the function may read.
///
/// @param ranges where they are; empty when there are none
public record TrustedProxies(List<AddressRange> ranges) {

  public TrustedProxies {
    ranges = List.copyOf(ranges);
  }

  /// No proxy: whoever connects is the client.
  public static TrustedProxies none() {
    return new TrustedProxies(List.of());
  }

  /// Whether the other end of a connection is one of them.
  public boolean trust(String peer) {
    return !ranges.isEmpty() && AddressRange.anyContains(ranges, peer);
  }

  /// The address of the client: the last one on the way that is not a proxy of ours. What stands
  /// before it was written by strangers.
  ///
  /// @param peer the other end of the connection
  /// @param forwardedFor the `X-Forwarded-For` headers in the order in which they came
  public String client(String peer, List<String> forwardedFor) {
    String client = peer;
    String[] hops = String.join(",", forwardedFor).split(",", -1);
    for (int i = hops.length - 1; i >= 0 && trust(client); i--) {
      InetAddress hop = AddressRange.address(withoutPort(hops[i].strip()));
      if (hop == null) {
        break;
      }
      client = hop.getHostAddress();
    }
    return client;
  }

  /// What a trusted proxy says of the request it got; `null` when nobody trusted says anything.
  ///
  /// @param header the value of `X-Forwarded-Proto` or `X-Forwarded-Host`; of several the last
  /// one counts, which the proxy next to us wrote
  public @Nullable String said(String peer, @Nullable String header) {
    if (header == null || !trust(peer)) {
      return null;
    }
    String last = header.substring(header.lastIndexOf(',') + 1).strip();
    return last.isEmpty() ? null : last;
  }

  private static String withoutPort(String hop) {
    if (hop.startsWith("[")) {
      int end = hop.indexOf(']');
      return end < 0 ? hop : hop.substring(1, end);
    }
    int colon = hop.indexOf(':');
    return colon >= 0 && colon == hop.lastIndexOf(':') ? hop.substring(0, colon) : hop;
  }
}
