package dev.berth.controlplane.follow;

import static dev.berth.controlplane.store.DocumentCollection.byId;
import static dev.berth.controlplane.store.DocumentCollection.where;

import dev.berth.controlplane.store.ControlPlaneDatabase;
import dev.berth.controlplane.store.DocumentCollection;
import io.vertx.core.json.JsonObject;

/// A number that grows with every deployment, so that one small document tells whether anything
/// is new. Blocks.
public final class CatalogVersion {

  private static final String CATALOG = "catalog";

  private final DocumentCollection settings;

  private CatalogVersion(DocumentCollection settings) {
    this.settings = settings;
  }

  public static CatalogVersion in(ControlPlaneDatabase database) {
    return new CatalogVersion(database.collection("settings"));
  }

  /// Something was deployed or removed, and is stored.
  public void grow() {
    settings.upsert(byId(CATALOG), where("$inc", new JsonObject().put("version", 1)));
  }

  long read() {
    return settings.find(byId(CATALOG)).map(found -> found.getLong("version")).orElse(0L);
  }
}
