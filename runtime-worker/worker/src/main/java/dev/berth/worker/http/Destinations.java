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

  /// The addresses of a host. One that is refused makes all of them refused.
  Future<List<InetAddress>> of(Target target) {
    return resolver
        .resolve(target.hostWithoutBrackets())
        .compose(
            addresses -> {
              if (addresses.isEmpty()) {
                return Future.failedFuture(new UnknownHostException());
              }
              return addresses.stream().allMatch(policy::allows)
                  ? Future.succeededFuture(addresses)
                  : Future.failedFuture(refused(target));
            });
  }

  private static GuestServiceException refused(Target target) {
    return new GuestServiceException(
        "RestrictedHost",
        "http request: functions may not reach the host \"" + target.host() + "\"",
        null);
  }
}
