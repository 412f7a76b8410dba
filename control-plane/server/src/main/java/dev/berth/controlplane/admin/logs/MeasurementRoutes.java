package dev.berth.controlplane.admin.logs;

import dev.berth.appmodel.AppId;
import dev.berth.controlplane.admin.http.Access;
import dev.berth.controlplane.admin.http.AdminAnswer;
import dev.berth.controlplane.admin.http.AdminCall;
import dev.berth.controlplane.admin.http.Route;
import dev.berth.controlplane.app.AppRegistry;
import dev.berth.controlplane.app.RegisteredApp;
import dev.berth.controlplane.logs.PeriodUsage;
import dev.berth.controlplane.logs.UsageStore;
import dev.berth.controlplane.refusal.Refusal;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// What apps did, in numbers over time: as metrics, and as what a bill would be made of.
public final class MeasurementRoutes {

  /// Numbers are kept for periods, and one that has begun before the start counts.
  private static final Duration PERIOD = Duration.ofMinutes(5);

  private static final double MILLIS_OF_AN_HOUR = Duration.ofHours(1).toMillis();

  private final UsageStore usage;
  private final AppRegistry apps;
  private final InstantSource clock;

  public MeasurementRoutes(UsageStore usage, AppRegistry apps, InstantSource clock) {
    this.usage = usage;
    this.apps = apps;
    this.clock = clock;
  }

  public List<Route> routes() {
    return List.of(
        Route.ofApp(HttpMethod.GET, "/metrics", Access.READ, this::metrics),
        Route.ofApp(HttpMethod.GET, "/measurements", Access.READ, this::ofApp),
        new Route(
                HttpMethod.GET,
                Route.ADMIN + "/groups/{group}/measurements",
                Access.READ,
                this::ofProject)
            .slow());
  }

  private AdminAnswer metrics(AdminCall call) {
    TimeSpan span = TimeSpan.orLastDay(call, clock.instant());
    List<PeriodUsage> found = usage(call.appId(), span);
    JsonArray measurements = new JsonArray();
    for (Measured each : asked(call.query("metrics"))) {
      List<PeriodUsage> steps = nothing(span);
      add(steps, found.stream().filter(each::covers).toList(), span);
      measurements.add(measurement(each.name(), each.units(), steps, each::valueOf));
    }
    return AdminAnswer.json(
        200,
        answer(call, span, measurements)
            .put("app_id", call.ownApp().internalId())
            .put("app_name", call.ownApp().name()));
  }

  private static List<Measured> asked(String names) {
    if (names.isEmpty()) {
      return List.of(Measured.values());
    }
    return Arrays.stream(names.split(",", -1))
        .map(
            name -> {
              if (!Measured.names().contains(name)) {
                throw Refusal.invalid(
                    "Berth does not measure %s; it measures %s"
                        .formatted(name, String.join(", ", Measured.names())));
              }
              return Measured.valueOf(name);
            })
        .toList();
  }

  private AdminAnswer ofApp(AdminCall call) {
    TimeSpan span = TimeSpan.orThisMonth(call, clock.instant());
    return AdminAnswer.json(
        200,
        answer(call, span, bill(List.of(call.ownApp()), span))
            .put("appId", call.ownApp().internalId())
            .put("appName", call.ownApp().name()));
  }

  private AdminAnswer ofProject(AdminCall call) {
    TimeSpan span = TimeSpan.orThisMonth(call, clock.instant());
    return AdminAnswer.json(200, answer(call, span, bill(apps.list(call.ownProject().id()), span)));
  }

  private static JsonObject answer(AdminCall call, TimeSpan span, JsonArray measurements) {
    return new JsonObject()
        .put("group_id", call.ownProject().id())
        .put("start", span.start().toString())
        .put("end", span.end().toString())
        .put("granularity", span.written())
        .put("measurements", measurements);
  }

  /// One app after the other, so that never more than the numbers of one are in memory.
  private JsonArray bill(List<RegisteredApp> of, TimeSpan span) {
    List<PeriodUsage> steps = nothing(span);
    for (RegisteredApp app : of) {
      add(steps, usage(app.appId(), span), span);
    }
    return new JsonArray()
        .add(measurement("request_count", "", steps, all -> all.succeeded() + all.failed()))
        .add(measurement("compute_time", "HOURS", steps, all -> all.millis() / MILLIS_OF_AN_HOUR));
  }

  private List<PeriodUsage> usage(AppId appId, TimeSpan span) {
    return usage.between(appId, span.start().minus(PERIOD).plusMillis(1), span.end());
  }

  private static List<PeriodUsage> nothing(TimeSpan span) {
    return new ArrayList<>(span.steps().stream().map(PeriodUsage::none).toList());
  }

  private static void add(List<PeriodUsage> steps, List<PeriodUsage> found, TimeSpan span) {
    for (PeriodUsage each : found) {
      int step = span.stepOf(each.at());
      steps.set(step, steps.get(step).and(each));
    }
  }

  private static JsonObject measurement(
      String name, String units, List<PeriodUsage> steps, ToDoubleFunction<PeriodUsage> value) {
    JsonArray points = new JsonArray();
    for (PeriodUsage step : steps) {
      points.add(
          new JsonObject()
              .put("timestamp", step.at().toString())
              .put("value", value.applyAsDouble(step)));
    }
    return new JsonObject().put("name", name).put("units", units).put("data_points", points);
  }
}
