package dev.berth.invocation.bus;

import dev.berth.appmodel.AppId;
import dev.berth.invocation.Limit;
import dev.berth.invocation.Outcome;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Apps that lately took much from everybody: calls that had to be ended because of their CPU
/// time, memory or stack, or large results one after another. They share one worker for a
/// while, and the others keep away from it. Safe from any thread.
final class Suspects {

  private static final Logger LOG = LoggerFactory.getLogger(Suspects.class);

  /// How long an app stays one after its last offence.
  static final long REMEMBERED_NANOS = TimeUnit.MINUTES.toNanos(1);

  /// More than this within [#COUNTED_NANOS] keeps collecting garbage for all apps of a worker.
  static final long MOST_BYTES = 16 << 20;

  static final long COUNTED_NANOS = TimeUnit.SECONDS.toNanos(1);

  /// What an invocation that waits too long or prints too much takes harms only its own app.
  private static final Set<Limit> OFFENCES =
      Set.of(Limit.CPU_TIME, Limit.MEMORY, Limit.STACK_FRAMES);

  private final LongSupplier nanoTime;
  private final ConcurrentMap<AppId, Long> lastOffences = new ConcurrentHashMap<>();
  private final ConcurrentMap<AppId, Received> received = new ConcurrentHashMap<>();
  private volatile @Nullable AppId first;

  /// The bytes of large results since a moment.
  private record Received(long sinceNanos, long bytes) {

    Received and(long moreBytes, long nowNanos) {
      return nowNanos - sinceNanos > COUNTED_NANOS
          ? new Received(nowNanos, moreBytes)
          : new Received(sinceNanos, bytes + moreBytes);
    }
  }

  /// @param nanoTime like `System.nanoTime`
  Suspects(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /// The suspect whose worker all of them share; it stays while that one is a suspect.
  ///
  /// @return `null` when there are none
  @Nullable AppId first() {
    return first;
  }

  boolean has(AppId app) {
    return lastOffences.containsKey(app);
  }

  /// Learns from how a call of the app ended.
  void ended(AppId app, Outcome outcome) {
    if (outcome instanceof Outcome.OverLimit(Limit limit, _) && OFFENCES.contains(limit)) {
      offended(app, limit.name());
    }
  }

  /// Learns of a large result of the app that came from another process.
  void received(AppId app, long bytes) {
    long now = nanoTime.getAsLong();
    Received all =
        received.merge(app, new Received(now, bytes), (before, _) -> before.and(bytes, now));
    if (all.bytes() > MOST_BYTES) {
      offended(app, "RESULTS");
    }
  }

  private void offended(AppId app, String reason) {
    if (lastOffences.put(app, nanoTime.getAsLong()) == null) {
      chooseFirst();
      LOG.atWarn()
          .addKeyValue("appId", app)
          .addKeyValue("reason", reason)
          .log("an app is kept apart from the others");
    }
  }

  /// Forgets those whose last offence is long ago.
  void forgetTheOld() {
    long now = nanoTime.getAsLong();
    received.values().removeIf(last -> now - last.sinceNanos() > COUNTED_NANOS);
    lastOffences.forEach(
        (app, last) -> {
          if (now - last > REMEMBERED_NANOS && lastOffences.remove(app, last)) {
            chooseFirst();
            LOG.atInfo().addKeyValue("appId", app).log("an app is among the others again");
          }
        });
  }

  private synchronized void chooseFirst() {
    AppId before = first;
    if (before == null || !lastOffences.containsKey(before)) {
      first = lastOffences.keySet().stream().findAny().orElse(null);
    }
  }
}
