package dev.berth.controlplane.admin.logs;

import dev.berth.controlplane.admin.http.Access;
import dev.berth.controlplane.admin.http.AdminAnswer;
import dev.berth.controlplane.admin.http.AdminCall;
import dev.berth.controlplane.admin.http.Route;
import dev.berth.controlplane.logs.LogQuery;
import dev.berth.controlplane.logs.LogStore;
import dev.berth.controlplane.refusal.Refusal;
import dev.berth.controlplane.store.DocumentCollection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Searches logs. Without `errors_only` all entries are meant, with or without errors.
public final class LogRoutes {

  private static final int MOST = 100;
  private static final String DOMAIN = "000000000000000000000000";

  private final LogStore logs;

  public LogRoutes(LogStore logs) {
    this.logs = logs;
  }

  public List<Route> routes() {
    return List.of(Route.ofApp(HttpMethod.GET, "/logs", Access.READ, this::list));
  }

  private AdminAnswer list(AdminCall call) {
    String types = call.query("type");
    int skip = number(call, "skip", 0);
    LogQuery query =
        new LogQuery(
            types.isEmpty() ? List.of() : List.of(types.split(",", -1)),
            call.hasQuery("errors_only"),
            call.query("user_id"),
            call.query("co_id"),
            moment(call, "start_date"),
            moment(call, "end_date"),
            skip,
            Math.clamp(number(call, "limit", MOST), 1, MOST));
    List<JsonObject> found = logs.find(call.appId(), query);
    JsonObject answer =
        new JsonObject()
            .put("logs", new JsonArray(found.stream().map(each -> json(each, call)).toList()));
    if (found.size() == query.limit()) {
      answer
          .put(
              "nextEndDate",
              call.query("end_date").isEmpty()
                  ? DocumentCollection.date(found.getFirst(), "at").toString()
                  : call.query("end_date"))
          .put("nextSkip", skip + found.size());
    }
    return AdminAnswer.json(200, answer);
  }

  private static int number(AdminCall call, String name, int otherwise) {
    String text = call.query(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    if (!text.matches("[0-9]{1,9}")) {
      throw Refusal.invalid("\"" + name + "\" must be a number");
    }
    return Integer.parseInt(text);
  }

  private static @Nullable Instant moment(AdminCall call, String name) {
    String text = call.query(name);
    try {
      return text.isEmpty()
          ? null
          : OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME).toInstant();
    } catch (DateTimeException malformed) {
      throw Refusal.invalid("\"" + name + "\" must be like 2026-01-31T07:54:42.123Z");
    }
  }

  private static JsonObject json(JsonObject entry, AdminCall call) {
    JsonObject json =
        new JsonObject()
            .put("_id", entry.getString("_id"))
            .put("domain_id", DOMAIN)
            .put("app_id", call.ownApp().internalId())
            .put("group_id", call.ownProject().id())
            .put("request_url", "/app/" + call.appId() + entry.getString("endpoint_route"))
            .put("started", DocumentCollection.date(entry, "started").toString())
            .put("completed", DocumentCollection.date(entry, "completed").toString());
    String provider = entry.getString("provider");
    if (provider != null) {
      json.put(
          "auth_event",
          new JsonObject()
              .put("type", "LOGIN")
              .put("provider", provider)
              .put("failed", entry.getBoolean("isError")));
    }
    for (String field :
        List.of(
            "co_id",
            "type",
            "function_name",
            "user_id",
            "remote_ip_address",
            "request_method",
            "endpoint_route",
            "status",
            "messages",
            "error",
            "error_code")) {
      Object value = entry.getValue(field);
      if (value != null && !value.equals("")) {
        json.put(field, value);
      }
    }
    return json;
  }
}
