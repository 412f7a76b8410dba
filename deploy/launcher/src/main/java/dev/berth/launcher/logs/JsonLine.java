package dev.berth.launcher.logs;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One line of a log for a program: `time`, `level`, `logger`, `message`, then the facts by name.
/// For one thread.
public final class JsonLine {

  private final JsonObject line;

  private JsonLine(JsonObject line) {
    this.line = line;
  }

  /// A line without facts.
  ///
  /// @param level in any case
  /// @param logger who says it
  public static JsonLine of(Instant time, String level, String logger, String message) {
    return new JsonLine(
        new JsonObject()
            .put("time", time.toString())
            .put("level", level.toLowerCase(Locale.ROOT))
            .put("logger", logger)
            .put("message", message));
  }

  /// Adds a fact; nothing when there is none. What every line has cannot be said again.
  public JsonLine with(String name, @Nullable Object fact) {
    if (fact != null && !line.containsKey(name)) {
      line.put(name, fact instanceof Number || fact instanceof Boolean ? fact : fact.toString());
    }
    return this;
  }

  /// The line without its end.
  public String text() {
    return line.encode();
  }
}
