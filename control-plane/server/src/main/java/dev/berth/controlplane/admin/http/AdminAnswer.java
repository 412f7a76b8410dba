package dev.berth.controlplane.admin.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a client gets.
///
/// @param headers besides those that every answer has
public record AdminAnswer(int status, Map<String, String> headers, Buffer body) {

  public AdminAnswer {
    headers = Map.copyOf(headers);
  }

  private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

  /// An object or an array.
  public static AdminAnswer json(int status, JsonObject json) {
    return new AdminAnswer(status, JSON, json.toBuffer());
  }

  public static AdminAnswer json(int status, List<JsonObject> json) {
    return json(status, new JsonArray(json));
  }

  public static AdminAnswer json(int status, JsonArray json) {
    return new AdminAnswer(status, JSON, json.toBuffer());
  }

  /// JSON that somebody else has written.
  public static AdminAnswer jsonText(int status, String json) {
    return new AdminAnswer(status, JSON, Buffer.buffer(json));
  }

  /// The same with another header.
  AdminAnswer with(String name, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(name, value);
    return new AdminAnswer(status, more, body);
  }

  public static AdminAnswer noContent() {
    return new AdminAnswer(204, Map.of(), Buffer.buffer());
  }

  /// A file to be saved.
  ///
  /// @param name without quotes
  public static AdminAnswer file(String type, String name, byte[] content) {
    return new AdminAnswer(
        200,
        Map.of(
            "Content-Type",
            type,
            "Content-Disposition",
            "attachment; filename=\"" + name.replaceAll("[^A-Za-z0-9._ -]", "-") + "\""),
        Buffer.buffer(content));
  }
}
