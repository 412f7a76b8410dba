package dev.berth.launcher.breaker;

import dev.berth.invocation.Invocation;
import dev.berth.invocation.Invoker;
import dev.berth.invocation.Outcome;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Refuses the calls of apps that are broken off, before any worker sees them.
public final class BreakerInvoker implements Invoker {

  private final AppBreaker breaker;
  private final Invoker invoker;

  public BreakerInvoker(AppBreaker breaker, Invoker invoker) {
    this.breaker = breaker;
    this.invoker = invoker;
  }

  @Override
  public Future<Outcome> invoke(Invocation invocation) {
    Instant until = breaker.brokenOffUntil(invocation.appId());
    if (until == null) {
      return invoker.invoke(invocation);
    }
    return Future.succeededFuture(
        new Outcome.Unavailable(
            "the app keeps ending its workers; it is broken off until "
                + until.truncatedTo(ChronoUnit.SECONDS)));
  }
}
