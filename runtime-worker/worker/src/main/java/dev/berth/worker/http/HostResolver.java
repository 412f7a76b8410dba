package dev.berth.worker.http;

import io.vertx.core.Future;
import java.net.InetAddress;
import java.util.List;

/// Finds the addresses of a host.
@FunctionalInterface
interface HostResolver {

  /// The addresses, best first, at least one.
  ///
  /// @param host a name or an address, without brackets
  /// @return fails with [java.net.UnknownHostException] when there are none
  Future<List<InetAddress>> resolve(String host);
}
