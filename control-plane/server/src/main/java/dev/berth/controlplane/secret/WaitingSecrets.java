package dev.berth.controlplane.secret;

import static dev.berth.controlplane.store.DocumentCollection.byId;
import static dev.berth.controlplane.store.DocumentCollection.date;
import static dev.berth.controlplane.store.DocumentCollection.objects;
import static dev.berth.controlplane.store.DocumentCollection.set;
import static dev.berth.controlplane.store.DocumentCollection.where;

import dev.berth.appmodel.AppId;
import dev.berth.appmodel.Secrets;
import dev.berth.controlplane.secret.Vault.Sealed;
import dev.berth.controlplane.store.ControlPlaneDatabase;
import dev.berth.controlplane.store.DocumentCollection;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Values of secrets that came with files which are not live yet: of a draft, or of a deployment
/// that goes on. They count when the files do. Blocks.
public final class WaitingSecrets {

  /// Nobody removes what was put in lately: whoever did that may be about to refer to it.
  private static final Duration YOUNG = Duration.ofHours(24);

  private final DocumentCollection waiting;
  private final Vault vault;
  private final InstantSource clock;

  private WaitingSecrets(DocumentCollection waiting, Vault vault, InstantSource clock) {
    this.waiting = waiting;
    this.vault = vault;
    this.clock = clock;
  }

  public static WaitingSecrets in(ControlPlaneDatabase database, Vault vault, InstantSource clock) {
    return new WaitingSecrets(database.collection("waiting_secrets"), vault, clock);
  }

  /// Keeps values.
  ///
  /// @param holder what they wait for: an id of its own
  public void keep(String holder, AppId appId, Secrets values) {
    JsonArray sealed = new JsonArray();
    for (String name : values.names()) {
      AppSecrets.requireUsable(name, String.valueOf(values.find(name)));
      sealed.add(
          new JsonObject()
              .put("name", name)
              .put(
                  "sealed",
                  vault.seal(String.valueOf(values.find(name)), purpose(holder, name)).document()));
    }
    waiting.upsert(
        byId(holder),
        set(
            new JsonObject()
                .put("appId", appId.value())
                .put("values", sealed)
                .put("at", date(clock.instant()))));
  }

  /// The values that wait; none when there are none.
  public Secrets read(String holder) {
    Map<String, String> byName = new HashMap<>();
    List<JsonObject> values =
        waiting.find(byId(holder)).map(found -> objects(found, "values")).orElse(List.of());
    for (JsonObject value : values) {
      String name = value.getString("name");
      Sealed sealed = Sealed.of(value.getJsonObject("sealed"));
      byName.put(name, vault.open(sealed, purpose(holder, name)));
    }
    return Secrets.of(byName);
  }

  public void remove(String holder) {
    waiting.remove(byId(holder));
  }

  /// Forgets an app that is gone.
  public void removeAll(AppId appId) {
    waiting.removeAll(where("appId", appId.value()));
  }

  /// Removes old values that nothing refers to.
  ///
  /// @param needed the holders that something refers to
  public void retain(Collection<String> needed) {
    waiting.removeAll(
        new JsonObject()
            .put("at", new JsonObject().put("$lt", date(clock.instant().minus(YOUNG))))
            .put("_id", new JsonObject().put("$nin", new JsonArray(List.copyOf(needed)))));
  }

  /// Seals everything with the current master key.
  ///
  /// @return how many were sealed with another one
  public int rotate() {
    int again = 0;
    for (JsonObject document : waiting.all(new JsonObject(), "_id")) {
      String holder = document.getString("_id");
      JsonArray sealed = new JsonArray();
      boolean isOld = false;
      for (JsonObject value : objects(document, "values")) {
        String purpose = purpose(holder, value.getString("name"));
        Sealed before = Sealed.of(value.getJsonObject("sealed"));
        isOld |= !vault.isCurrent(before);
        String text = vault.open(before, purpose);
        sealed.add(value.copy().put("sealed", vault.seal(text, purpose).document()));
      }
      // What waits is never changed, and at most removed.
      if (isOld && waiting.update(byId(holder), set(new JsonObject().put("values", sealed)))) {
        again++;
      }
    }
    return again;
  }

  private static String purpose(String holder, String name) {
    return "waiting secret " + holder + "/" + name;
  }
}
