package dev.berth.launcher.appcode;

import dev.berth.jsruntime.service.GuestService;
import dev.berth.worker.http.HttpLimits;
import dev.berth.worker.http.OutboundPolicy;
import dev.berth.worker.http.OutboundServices;
import io.vertx.core.Vertx;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The ways to other hosts of a worker that starts before there is a Vert.x.
final class Network {

  private final OutboundPolicy policy;
  private final HttpLimits limits;
  private final AtomicReference<@Nullable OutboundServices> services = new AtomicReference<>();

  Network(OutboundPolicy policy, HttpLimits limits) {
    this.policy = policy;
    this.limits = limits;
  }

  void join(Vertx vertx) {
    services.set(OutboundServices.on(vertx, policy, limits));
  }

  GuestService http() {
    return (scope, operation, arguments) -> joined().http().call(scope, operation, arguments);
  }

  GuestService net() {
    return (scope, operation, arguments) -> joined().net().call(scope, operation, arguments);
  }

  private OutboundServices joined() {
    OutboundServices joined = services.get();
    if (joined == null) {
      throw new IllegalStateException("app code runs before there is a network");
    }
    return joined;
  }
}
