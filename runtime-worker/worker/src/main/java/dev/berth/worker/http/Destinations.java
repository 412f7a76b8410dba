package dev.berth.worker.http;

import dev.berth.jsruntime.service.GuestServiceException;
import io.vertx.core.Future;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/// Where a host is, when functions may go there.
///
/// Whoever connects uses exactly these addresses: to ask for them again would give the owner of
/// the name a chance to answer differently.
final class Destinations {

  private final HostResolver resolver;
  private final OutboundPolicy policy;

  Destinations(HostResolver resolver, OutboundPolicy policy) {
    this.resolver = resolver;
    this.policy = policy;
  }

  /// The addresses of the host of a URL.
  Future<List<InetAddress>> of(Target target) {
    return of(target.hostWithoutBrackets(), "http request", target.host());
  }

  /// The addresses of a host. One that is refused makes all of them refused.
  ///
  /// @param what is asked for, and the host as app code knows it, for the message
  Future<List<InetAddress>> of(String host, String what, String shown) {
    return resolver
        .resolve(host)
        .compose(
            addresses -> {
              if (addresses.isEmpty()) {
                return Future.failedFuture(new UnknownHostException());
              }
              return addresses.stream().allMatch(policy::allows)
                  ? Future.succeededFuture(addresses)
                  : Future.failedFuture(refused(what, shown));
            });
  }

  /// Whether functions may ask name servers for what is no address.
  boolean tellsRecords() {
    return policy.anywhere();
  }

  private static GuestServiceException refused(String what, String shown) {
    return new GuestServiceException(
        "RestrictedHost", what + ": functions may not reach the host \"" + shown + "\"", null);
  }
}
