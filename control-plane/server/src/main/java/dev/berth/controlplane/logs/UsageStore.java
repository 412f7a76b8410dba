package dev.berth.controlplane.logs;

import static dev.berth.controlplane.store.DocumentCollection.byId;
import static dev.berth.controlplane.store.DocumentCollection.date;
import static dev.berth.controlplane.store.DocumentCollection.where;

import dev.berth.appmodel.AppId;
import dev.berth.controlplane.store.ControlPlaneDatabase;
import dev.berth.controlplane.store.DocumentCollection;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// What all apps have done, in numbers for each five minutes. Blocks.
public final class UsageStore {

  static final String SUCCEEDED = "succeeded";
  static final String FAILED = "failed";
  static final String MILLIS = "millis";

  /// How many calls took no longer than the number of ms that follows.
  static final String WITHIN = "within";

  private static final long PERIOD_MS = Duration.ofMinutes(5).toMillis();

  private final DocumentCollection usage;
  private final InstantSource clock;

  private UsageStore(DocumentCollection usage, InstantSource clock) {
    this.usage = usage;
    this.clock = clock;
  }

  public static UsageStore in(ControlPlaneDatabase database, InstantSource clock) {
    DocumentCollection usage = database.collection("usage");
    usage.index("appId", "at");
    usage.index("at");
    return new UsageStore(usage, clock);
  }

  /// Adds to the numbers of this moment.
  void add(Map<Usage.Of, Usage.Counts> counted) {
    long period = clock.instant().toEpochMilli() / PERIOD_MS * PERIOD_MS;
    usage.upsertAll(
        counted.entrySet().stream()
            .map(entry -> change(entry.getKey(), entry.getValue(), period))
            .toList());
  }

  private static DocumentCollection.Upsert change(Usage.Of of, Usage.Counts counts, long period) {
    JsonObject numbers = new JsonObject();
    counts.byName().forEach(numbers::put);
    JsonObject first =
        new JsonObject()
            .put("appId", of.appId().value())
            .put("type", of.type())
            .put("at", date(Instant.ofEpochMilli(period)));
    return new DocumentCollection.Upsert(
        byId(of.appId() + "/" + of.type() + "/" + period),
        new JsonObject().put("$inc", numbers).put("$setOnInsert", first));
  }

  /// What an app did, the oldest first.
  public List<PeriodUsage> between(AppId appId, Instant start, Instant end) {
    JsonObject at = new JsonObject().put("$gte", date(start)).put("$lt", date(end));
    return usage.all(where("appId", appId.value()).put("at", at), "at").stream()
        .map(found -> PeriodUsage.of(found, date(found, "at")))
        .toList();
  }

  /// Removes what is older than that.
  public void removeOlderThan(Duration age) {
    usage.removeAll(where("at", new JsonObject().put("$lt", date(clock.instant().minus(age)))));
  }

  /// Forgets an app that is gone.
  public void removeAll(AppId appId) {
    usage.removeAll(where("appId", appId.value()));
  }
}
