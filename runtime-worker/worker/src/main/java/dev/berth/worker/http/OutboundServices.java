package dev.berth.worker.http;

import dev.berth.jsruntime.service.GuestService;
import io.vertx.core.Vertx;
import io.vertx.core.dns.DnsClientOptions;
import io.vertx.core.net.TrustOptions;
import org.jspecify.annotations.Nullable;

/// The ways of app code to other hosts: they share one policy, one count of sockets and one
/// budget. Safe from any thread.
///
/// @param http requests
/// @param net connections and names, for `net`, `tls` and `dns`
public record OutboundServices(GuestService http, GuestService net) {

  /// Goes out from an instance of Vert.x, whose end is the end of all connections.
  public static OutboundServices on(Vertx vertx, OutboundPolicy policy, HttpLimits limits) {
    return of(new Outbound(vertx, policy, limits, new VertxHostResolver(vertx)), null);
  }

  /// @param trust whose certificates are believed; `null` for those that the JDK believes
  static OutboundServices of(Outbound outbound, @Nullable TrustOptions trust) {
    return new OutboundServices(
        new HttpService(outbound, trust), new NetService(outbound, trust, new DnsClientOptions()));
  }
}
