package dev.berth.controlplane.store;

import static dev.berth.controlplane.store.DocumentCollection.byId;
import static dev.berth.controlplane.store.DocumentCollection.set;

import dev.berth.controlplane.LocalTenant;
import dev.berth.identity.Ids;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings the documents of older versions into the form of this one, one version after the other.
///
/// Every step may run twice, or in two processes at once: the version is written when a step is
/// done, and a step leaves alone what has the new form already.
final class Migrations {

  private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);
  private static final String SCHEMA = "schema";

  /// A step makes version `n + 1` out of version `n`, where `n` is its place in the list.
  private final List<Runnable> steps =
      List.of(this::nameAppsAndTheirTenant, this::keepNamesOfAppsApart);

  private final DocumentCollection settings;
  private final DocumentCollection apps;

  Migrations(ControlPlaneDatabase database) {
    this.settings = database.collection("settings");
    this.apps = database.collection("apps");
  }

  void run() {
    int version = settings.find(byId(SCHEMA)).map(found -> found.getInteger("version")).orElse(0);
    if (version > steps.size()) {
      throw new NewerSchemaException(version, steps.size());
    }
    for (int next = version; next < steps.size(); next++) {
      steps.get(next).run();
      settings.upsert(byId(SCHEMA), set(new JsonObject().put("version", next + 1)));
      LOG.atInfo().addKeyValue("version", next + 1).log("database schema migrated");
    }
  }

  /// Before, apps were known by their App ID alone, belonged to nobody and came from folders.
  private void nameAppsAndTheirTenant() {
    JsonObject unnamed = new JsonObject().put("internalId", new JsonObject().put("$exists", false));
    for (JsonObject app : apps.all(unnamed, "_id")) {
      JsonObject names =
          new JsonObject()
              .put("internalId", Ids.next())
              .put("projectId", LocalTenant.PROJECT)
              .put("fromFolder", true)
              .put("lastModified", app.getJsonObject("createdAt"));
      apps.update(
          byId(app.getString("_id")).put("internalId", new JsonObject().put("$exists", false)),
          set(names));
    }
  }

  /// Before, two apps of a project that were made in the same moment could get one name. The
  /// second one of such a pair keeps it, without a key.
  private void keepNamesOfAppsApart() {
    Set<String> taken = new HashSet<>();
    for (JsonObject app : apps.all(new JsonObject(), "_id")) {
      String key = app.getString("projectId") + "/" + app.getString("name");
      if (!app.getBoolean("fromFolder", false) && taken.add(key)) {
        apps.update(byId(app.getString("_id")), set(new JsonObject().put("nameKey", key)));
      }
    }
  }
}
