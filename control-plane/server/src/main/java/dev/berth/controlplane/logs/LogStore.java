package dev.berth.controlplane.logs;

import static dev.berth.controlplane.store.DocumentCollection.byId;
import static dev.berth.controlplane.store.DocumentCollection.date;
import static dev.berth.controlplane.store.DocumentCollection.where;

import dev.berth.appmodel.AppId;
import dev.berth.controlplane.store.ControlPlaneDatabase;
import dev.berth.controlplane.store.DocumentCollection;
import dev.berth.identity.Ids;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.FindOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// The logs of all apps. Blocks.
public final class LogStore {

  private static final int LONGEST_LINE = 512;

  private final DocumentCollection logs;
  private final InstantSource clock;

  private LogStore(DocumentCollection logs, InstantSource clock) {
    this.logs = logs;
    this.clock = clock;
  }

  public static LogStore in(ControlPlaneDatabase database, InstantSource clock) {
    DocumentCollection logs = database.collection("app_logs");
    logs.index("appId", "at");
    return new LogStore(logs, clock);
  }

  /// An entry with what was printed.
  public record Line(LogEntry entry, List<String> messages) {

    public Line {
      messages = List.copyOf(messages);
    }
  }

  void add(List<Line> lines) {
    JsonObject at = date(clock.instant());
    logs.insertAll(lines.stream().map(line -> document(line, at)).toList());
  }

  private static JsonObject document(Line line, JsonObject at) {
    LogEntry entry = line.entry();
    JsonArray messages = new JsonArray();
    line.messages().forEach(message -> messages.add(cut(message)));
    return byId(Ids.next())
        .put("appId", entry.appId().value())
        .put("at", at)
        .put("co_id", entry.requestId().value())
        .put("type", entry.type())
        .put("function_name", entry.function())
        .put("provider", entry.provider())
        .put("user_id", entry.userId())
        .put("remote_ip_address", entry.remoteAddress())
        .put("request_method", entry.method())
        .put("endpoint_route", entry.route())
        .put("started", date(entry.started()))
        .put("completed", date(entry.completed()))
        .put("status", entry.status())
        .put("error", cut(entry.error()))
        .put("error_code", entry.errorCode())
        .put("isError", entry.isError())
        .put("messages", messages);
  }

  private static String cut(String text) {
    return text.length() <= LONGEST_LINE ? text : text.substring(0, LONGEST_LINE);
  }

  /// Entries of an app, the newest ones first.
  public List<JsonObject> find(AppId appId, LogQuery query) {
    JsonObject wanted = where("appId", appId.value());
    if (!query.types().isEmpty()) {
      wanted.put("type", new JsonObject().put("$in", new JsonArray(query.types())));
    }
    if (query.errorsOnly()) {
      wanted.put("isError", true);
    }
    if (!query.userId().isEmpty()) {
      wanted.put("user_id", query.userId());
    }
    if (!query.requestId().isEmpty()) {
      wanted.put("co_id", query.requestId());
    }
    JsonObject at = new JsonObject();
    if (query.after() != null) {
      at.put("$gt", date(query.after()));
    }
    if (query.until() != null) {
      at.put("$lte", date(query.until()));
    }
    if (!at.isEmpty()) {
      wanted.put("at", at);
    }
    return logs.find(
        wanted,
        new FindOptions()
            .setSort(new JsonObject().put("at", -1))
            .setSkip(query.skip())
            .setLimit(query.limit()));
  }

  /// Removes what is older than that, app by app, because that is how entries are found without
  /// reading all of them.
  public void removeOlderThan(Duration age) {
    JsonObject before = new JsonObject().put("$lt", date(clock.instant().minus(age)));
    logs.distinct("appId").forEach(app -> logs.removeAll(where("appId", app).put("at", before)));
  }

  /// Forgets an app that is gone.
  public void removeAll(AppId appId) {
    logs.removeAll(where("appId", appId.value()));
  }
}
