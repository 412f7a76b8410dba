package dev.berth.invocation.bus;

import dev.berth.appmodel.AppId;
import dev.berth.invocation.Limit;
import dev.berth.invocation.Outcome;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Apps whose calls had to be ended lately because of what they took from everybody: CPU time,
/// memory, stack. They share one worker for a while, and the others keep away from it. Safe from
/// any thread.
final class Suspects {

  private static final Logger LOG = LoggerFactory.getLogger(Suspects.class);

  /// How long an app stays one after its last offence.
  static final long REMEMBERED_NANOS = TimeUnit.MINUTES.toNanos(1);

  /// What an invocation that waits too long or prints too much takes harms only its own app.
  private static final Set<Limit> OFFENCES =
      Set.of(Limit.CPU_TIME, Limit.MEMORY, Limit.STACK_FRAMES);

  private final LongSupplier nanoTime;
  private final ConcurrentMap<AppId, Long> lastOffences = new ConcurrentHashMap<>();

  /// @param nanoTime like `System.nanoTime`
  Suspects(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  boolean isEmpty() {
    return lastOffences.isEmpty();
  }

  boolean has(AppId app) {
    return lastOffences.containsKey(app);
  }

  /// Learns from how a call of the app ended.
  void ended(AppId app, Outcome outcome) {
    if (outcome instanceof Outcome.OverLimit(Limit limit, _)
        && OFFENCES.contains(limit)
        && lastOffences.put(app, nanoTime.getAsLong()) == null) {
      LOG.atWarn()
          .addKeyValue("appId", app)
          .addKeyValue("limit", limit)
          .log("an app is kept apart from the others");
    }
  }

  /// Forgets those whose last offence is long ago.
  void forgetTheOld() {
    long now = nanoTime.getAsLong();
    lastOffences.forEach(
        (app, last) -> {
          if (now - last > REMEMBERED_NANOS && lastOffences.remove(app, last)) {
            LOG.atInfo().addKeyValue("appId", app).log("an app is among the others again");
          }
        });
  }
}
