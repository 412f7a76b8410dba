package dev.berth.gateway.door;

import dev.berth.catalog.AddressRange;
import java.util.List;

/// The addresses that may send requests at all.
///
/// @param ranges empty lets everybody in
public record AccessList(List<AddressRange> ranges) {

  public AccessList {
    ranges = List.copyOf(ranges);
  }

  /// Everybody may.
  public static AccessList everybody() {
    return new AccessList(List.of());
  }

  /// Whether a client may. What is no address may not.
  public boolean admits(String client) {
    return ranges.isEmpty() || AddressRange.anyContains(ranges, client);
  }
}
