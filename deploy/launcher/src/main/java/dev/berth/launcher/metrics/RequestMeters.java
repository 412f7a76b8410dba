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
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What a gateway answers, as meters: how long over all apps, how often for each app, and both
/// for each tenant.
final class RequestMeters implements RequestMetrics {

  private static final int CLASSES = 5;
  private static final String GRANTED = "granted";
  private static final String DENIED = "denied";
  private static final String NOBODY = "";

  private final MeterRegistry registry;
  private final Function<AppId, @Nullable String> tenantOf;
  private final Timer[] durations;
  private final LabelledMeters<AppId, OfApp> apps;
  private final LabelledMeters<String, List<Timer>> tenants;

  /// @param answered by class of status
  /// @param refused by the part of the quota that was used up
  private record OfApp(List<Counter> answered, Map<Quota.Part, Counter> refused) {}

  /// @param maxApps how many apps have a label of their own
  /// @param maxTenants how many tenants have one
  /// @param tenantOf whose an app is; `null` when it is of nobody
  RequestMeters(
      MeterRegistry registry,
      int maxApps,
      int maxTenants,
      Function<AppId, @Nullable String> tenantOf) {
    this.registry = registry;
    this.tenantOf = tenantOf;
    this.durations =
        IntStream.rangeClosed(1, CLASSES).mapToObj(this::duration).toArray(Timer[]::new);
    String others = LabelledMeters.OTHERS;
    this.apps =
        new LabelledMeters<>(maxApps, counters(others, NOBODY), app -> counters(app.value(), app));
    this.tenants = new LabelledMeters<>(maxTenants, timers(others), this::timers);
  }

  private Timer duration(int statusClass) {
    return Timer.builder("berth.requests")
        .description("Requests and how long they took, by class of status")
        .tag("status", statusClass + "xx")
        .serviceLevelObjectives(Buckets.OF_CALLS)
        .register(registry);
  }

  private List<Timer> timers(String tenant) {
    return IntStream.rangeClosed(1, CLASSES)
        .mapToObj(
            statusClass ->
                Timer.builder("berth.tenant.requests")
                    .description("Requests for the apps of a tenant, by class of status")
                    .tag("tenant", tenant)
                    .tag("status", statusClass + "xx")
                    .register(registry))
        .toList();
  }

  private OfApp counters(String label, AppId app) {
    String tenant = tenantOf.apply(app);
    return counters(label, tenant == null ? NOBODY : tenant);
  }

  private OfApp counters(String app, String tenant) {
    Map<Quota.Part, Counter> refused = new EnumMap<>(Quota.Part.class);
    for (Quota.Part part : Quota.Part.values()) {
      refused.put(
          part,
          Counter.builder("berth.app.quota.refusals")
              .description("Requests refused because the quota of their app was used up")
              .tag("app", app)
              .tag("tenant", tenant)
              .tag("quota", part.name().toLowerCase(Locale.ROOT))
              .register(registry));
    }
    return new OfApp(answered(app, tenant), refused);
  }

  private List<Counter> answered(String app, String tenant) {
    return IntStream.rangeClosed(1, CLASSES)
        .mapToObj(
            statusClass ->
                Counter.builder("berth.app.requests")
                    .description("Requests for an app, by class of status")
                    .tag("app", app)
                    .tag("tenant", tenant)
                    .tag("status", statusClass + "xx")
                    .register(registry))
        .toList();
  }

  @Override
  public void requestEnded(@Nullable AppId app, int status, long nanos) {
    int statusClass = status / 100 - 1;
    durations[statusClass].record(nanos, TimeUnit.NANOSECONDS);
    if (app != null) {
      apps.of(app).answered.get(statusClass).increment();
      timersOf(app).get(statusClass).record(nanos, TimeUnit.NANOSECONDS);
    }
  }

  @Override
  public void loginEnded(SignIn attempt) {
    Counter.builder("berth.logins")
        .description("Attempts to sign in to apps, by provider and how they ended")
        .tag("provider", attempt.provider())
        .tag("result", attempt.refused() == null ? GRANTED : DENIED)
        .register(registry)
        .increment();
  }

  @Override
  public void quotaUsedUp(AppId app, Quota.Part part) {
    Counter counter = apps.of(app).refused.get(part);
    if (counter != null) {
      counter.increment();
    }
  }

  private List<Timer> timersOf(AppId app) {
    String tenant = tenantOf.apply(app);
    return tenant == null ? tenants.others() : tenants.of(tenant);
  }
}
