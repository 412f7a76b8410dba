package dev.berth.launcher.workers;

import dev.berth.appmodel.AppId;
import dev.berth.invocation.RequestId;
import dev.berth.jsruntime.Ailment;
import dev.berth.jsruntime.GuestLog;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a worker process tells the process that started it: one line of JSON on its standard
/// output each. What it is told comes as one word a line on its standard input.
sealed interface WorkerLine {

  /// Take calls.
  String SERVE = "serve";

  /// Take no more calls, end when those in flight have ended. What follows says how many
  /// milliseconds that may take. The end of the input says: end now.
  String DRAIN = "drain ";

  /// The order to end.
  static String drain(Duration atMost) {
    return DRAIN + atMost.toMillis();
  }

  /// It is in the cluster and knows all apps.
  ///
  /// @param metricsPort where it can be measured, on loopback; `null` when it was not asked to
  record Ready(boolean interpreted, @Nullable Integer metricsPort) implements WorkerLine {}

  /// It takes calls.
  record Serving() implements WorkerLine {}

  /// It should be replaced.
  record Sick(Ailment ailment) implements WorkerLine {}

  /// It has taken as many calls as it should.
  record WornOut() implements WorkerLine {}

  /// Its heap is nearly full.
  ///
  /// @param largest the app whose calls allocated more than all others together; `null` when none
  /// did
  record ShortOfMemory(@Nullable AppId largest) implements WorkerLine {}

  /// App code printed.
  record Printed(GuestLog.Line line) implements WorkerLine {}

  /// The line as it is written.
  default String text() {
    return switch (this) {
      case Ready ready ->
          new JsonObject()
              .put("is", "ready")
              .put("interpreted", ready.interpreted())
              .put("metricsPort", ready.metricsPort())
              .encode();
      case Serving() -> new JsonObject().put("is", "serving").encode();
      case Sick(Ailment ailment) -> sick(ailment).put("is", "sick").encode();
      case WornOut() -> new JsonObject().put("is", "wornOut").encode();
      case ShortOfMemory memory ->
          new JsonObject()
              .put("is", "shortOfMemory")
              .put("largest", text(memory.largest()))
              .encode();
      case Printed(GuestLog.Line line) ->
          new JsonObject()
              .put("is", "printed")
              .put("appId", line.appId().value())
              .put("function", line.function())
              .put("requestId", line.requestId().value())
              .put("traceId", line.traceId())
              .put("level", line.level().name())
              .put("text", line.text())
              .encode();
    };
  }

  private static JsonObject sick(Ailment ailment) {
    JsonObject line = new JsonObject().put("appId", text(ailment.appId()));
    return switch (ailment) {
      case Ailment.StuckCall _ -> line.put("of", "stuckCall");
      case Ailment.FullHeap() -> line.put("of", "fullHeap");
      case Ailment.EngineFailure _ -> line.put("of", "engineFailure");
      case Ailment.BrokenBuiltIn(_, String probe) ->
          line.put("of", "brokenBuiltIn").put("probe", probe);
    };
  }

  private static Ailment ailment(JsonObject line) {
    AppId appId = app(line.getString("appId"));
    return switch (line.getString("of")) {
      case "stuckCall" -> new Ailment.StuckCall(appId);
      case "fullHeap" -> new Ailment.FullHeap();
      case "engineFailure" -> new Ailment.EngineFailure(appId);
      case "brokenBuiltIn" -> new Ailment.BrokenBuiltIn(appId, line.getString("probe"));
      default -> throw new IllegalArgumentException("no such ailment");
    };
  }

  private static @Nullable String text(@Nullable AppId appId) {
    return appId == null ? null : appId.value();
  }

  private static @Nullable AppId app(@Nullable String text) {
    return text == null ? null : new AppId(text);
  }

  /// What the line says, or `null` when it is none of these.
  static @Nullable WorkerLine read(String text) {
    try {
      JsonObject line = new JsonObject(text);
      return switch (line.getString("is", "")) {
        case "ready" -> new Ready(line.getBoolean("interpreted"), line.getInteger("metricsPort"));
        case "serving" -> new Serving();
        case "sick" -> new Sick(ailment(line));
        case "wornOut" -> new WornOut();
        case "shortOfMemory" -> new ShortOfMemory(app(line.getString("largest")));
        case "printed" ->
            new Printed(
                new GuestLog.Line(
                    new AppId(line.getString("appId")),
                    line.getString("function"),
                    new RequestId(line.getString("requestId")),
                    line.getString("traceId"),
                    GuestLog.Level.valueOf(line.getString("level")),
                    line.getString("text")));
        default -> null;
      };
    } catch (DecodeException
        | IllegalArgumentException
        | NullPointerException
        | ClassCastException e) {
      return null;
    }
  }
}
