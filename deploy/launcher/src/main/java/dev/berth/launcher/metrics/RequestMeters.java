package dev.berth.launcher.metrics;

import dev.berth.appmodel.AppId;
import dev.berth.gateway.route.Quota;
import dev.berth.gateway.serving.RequestMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What a gateway answers, as meters: how long over all apps, and how often for each app.
///
/// Each app with a label of its own takes memory here and in Prometheus for as long as both run,
/// so only the first ones to be called have one and all others share one.
final class RequestMeters implements RequestMetrics {

  private static final String OTHERS = "(others)";
  private static final int CLASSES = 5;
  private static final String GRANTED = "granted";
  private static final String DENIED = "denied";

  private final MeterRegistry registry;
  private final int maxApps;
  private final Timer[] durations;
  private final OfApp others;
  private final Map<AppId, OfApp> apps = new ConcurrentHashMap<>();
  private final AtomicInteger labelled = new AtomicInteger();

  /// @param answered by class of status
  /// @param refused by the part of the quota that was used up
  private record OfApp(List<Counter> answered, Map<Quota.Part, Counter> refused) {}

  /// @param maxApps how many apps have a label of their own
  RequestMeters(MeterRegistry registry, int maxApps) {
    this.registry = registry;
    this.maxApps = maxApps;
    this.durations =
        IntStream.rangeClosed(1, CLASSES).mapToObj(this::duration).toArray(Timer[]::new);
    this.others = counters(OTHERS);
  }

  private Timer duration(int statusClass) {
    return Timer.builder("berth.requests")
        .description("Requests and how long they took, by class of status")
        .tag("status", statusClass + "xx")
        .serviceLevelObjectives(Buckets.OF_CALLS)
        .register(registry);
  }

  private OfApp counters(String app) {
    Map<Quota.Part, Counter> refused = new EnumMap<>(Quota.Part.class);
    for (Quota.Part part : Quota.Part.values()) {
      refused.put(
          part,
          Counter.builder("berth.app.quota.refusals")
              .description("Requests refused because the quota of their app was used up")
              .tag("app", app)
              .tag("quota", part.name().toLowerCase(Locale.ROOT))
              .register(registry));
    }
    return new OfApp(answered(app), refused);
  }

  private List<Counter> answered(String app) {
    return IntStream.rangeClosed(1, CLASSES)
        .mapToObj(
            statusClass ->
                Counter.builder("berth.app.requests")
                    .description("Requests for an app, by class of status")
                    .tag("app", app)
                    .tag("status", statusClass + "xx")
                    .register(registry))
        .toList();
  }

  @Override
  public void requestEnded(@Nullable AppId app, int status, long nanos) {
    int statusClass = status / 100 - 1;
    durations[statusClass].record(nanos, TimeUnit.NANOSECONDS);
    if (app != null) {
      countersOf(app).answered.get(statusClass).increment();
    }
  }

  @Override
  public void loginEnded(String provider, boolean granted) {
    Counter.builder("berth.logins")
        .description("Attempts to sign in to apps, by provider and how they ended")
        .tag("provider", provider)
        .tag("result", granted ? GRANTED : DENIED)
        .register(registry)
        .increment();
  }

  @Override
  public void quotaUsedUp(AppId app, Quota.Part part) {
    Counter counter = countersOf(app).refused.get(part);
    if (counter != null) {
      counter.increment();
    }
  }

  private OfApp countersOf(AppId app) {
    OfApp known = apps.get(app);
    if (known != null) {
      return known;
    }
    if (labelled.get() >= maxApps) {
      return others;
    }
    return apps.computeIfAbsent(
        app, _ -> labelled.getAndIncrement() < maxApps ? counters(app.value()) : others);
  }
}
