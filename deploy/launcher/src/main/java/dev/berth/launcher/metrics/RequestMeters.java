package dev.berth.launcher.metrics;

import dev.berth.appmodel.AppId;
import dev.berth.gateway.serving.RequestMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
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
  private final Counter[] others;
  private final Map<AppId, Counter[]> apps = new ConcurrentHashMap<>();
  private final AtomicInteger labelled = new AtomicInteger();

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

  private Counter[] counters(String app) {
    return IntStream.rangeClosed(1, CLASSES)
        .mapToObj(
            statusClass ->
                Counter.builder("berth.app.requests")
                    .description("Requests for an app, by class of status")
                    .tag("app", app)
                    .tag("status", statusClass + "xx")
                    .register(registry))
        .toArray(Counter[]::new);
  }

  @Override
  public void requestEnded(@Nullable AppId app, int status, long nanos) {
    int statusClass = status / 100 - 1;
    durations[statusClass].record(nanos, TimeUnit.NANOSECONDS);
    if (app != null) {
      countersOf(app)[statusClass].increment();
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

  private Counter[] countersOf(AppId app) {
    Counter[] known = apps.get(app);
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
