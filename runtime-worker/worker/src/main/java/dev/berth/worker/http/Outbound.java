package dev.berth.worker.http;

import dev.berth.appmodel.AppId;
import dev.berth.jsruntime.service.CallScope;
import io.vertx.core.Vertx;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;

/// What all ways to other hosts share: the policy, the budget, and what each invocation has open.
/// Safe from any thread.
final class Outbound {

  private static final int CONNECTING_OF_ONE_APP = 500;
  private static final int CONNECTING = 4 * CONNECTING_OF_ONE_APP;

  private final Vertx vertx;
  private final HttpLimits limits;
  private final Destinations destinations;
  private final AppBudget budget;

  /// Connections that are being made, also for invocations that have ended: the other side may
  /// say nothing for as long as one may take.
  private final AppBudget connecting = new AppBudget(CONNECTING_OF_ONE_APP, CONNECTING);

  // By identity: two invocations are never the same, whatever their scopes think of equality.
  private final Map<CallScope, OpenSockets> invocations =
      Collections.synchronizedMap(new IdentityHashMap<>());

  Outbound(Vertx vertx, OutboundPolicy policy, HttpLimits limits, HostResolver resolver) {
    this.vertx = vertx;
    this.limits = limits;
    this.destinations = new Destinations(resolver, policy);
    this.budget = new AppBudget(limits.bytesPerApp(), limits.bytesInAll());
  }

  Vertx vertx() {
    return vertx;
  }

  HttpLimits limits() {
    return limits;
  }

  Destinations destinations() {
    return destinations;
  }

  /// What an invocation has open.
  OpenSockets of(CallScope scope) {
    OpenSockets known = invocations.get(scope);
    if (known != null) {
      return known;
    }
    AppId appId = scope.appId();
    var created = new OpenSockets(appId, limits.sockets(), budget, connecting);
    OpenSockets existing = invocations.putIfAbsent(scope, created);
    if (existing != null) {
      return existing;
    }
    // Runs at once when the invocation has ended already; then nothing can be opened any more.
    scope.onEnd(
        () -> {
          invocations.remove(scope);
          created.end();
        });
    return created;
  }

  /// How many invocations have gone out and have not ended.
  int activeInvocations() {
    return invocations.size();
  }

  /// The bytes that are held now of what came.
  long bytesHeld() {
    return budget.held();
  }
}
