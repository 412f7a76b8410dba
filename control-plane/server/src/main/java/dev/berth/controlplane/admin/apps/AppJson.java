package dev.berth.controlplane.admin.apps;

import dev.berth.appmodel.region.Placement;
import dev.berth.appmodel.region.ServedRegions;
import dev.berth.catalog.AppCatalog;
import dev.berth.catalog.DeployedApp;
import dev.berth.controlplane.app.RegisteredApp;
import io.vertx.core.json.JsonObject;

/// Apps as clients read them.
public final class AppJson {

  private static final String DOMAIN = "000000000000000000000000";

  private final ServedRegions regions;
  private final AppCatalog catalog;

  /// @param catalog what is live in this process
  public AppJson(ServedRegions regions, AppCatalog catalog) {
    this.regions = regions;
    this.catalog = catalog;
  }

  /// @param baseUrl where whoever asks reaches Berth, without a slash at the end
  JsonObject of(RegisteredApp app, String baseUrl) {
    Placement placement = placement(app);
    return new JsonObject()
        .put("_id", app.internalId())
        .put("client_app_id", app.appId().value())
        .put("name", app.name())
        .put("domain_id", DOMAIN)
        .put("group_id", app.projectId())
        .put("location", placement.location())
        .put("provider_region", placement.region())
        .put("deployment_model", placement.model().name())
        .put("environment", app.environment())
        .put("template_id", "")
        .put("product", "standard")
        .put("endpoint_base_url", endpoints(app, baseUrl))
        .put("last_used", app.lastUsed().getEpochSecond())
        .put("last_modified", app.lastUsed().getEpochSecond());
  }

  /// Where the endpoints of an app begin: in its region when it has one, and where whoever asks
  /// came to otherwise.
  String endpoints(RegisteredApp app, String baseUrl) {
    String own = regions.urlOf(placement(app));
    return (own == null ? baseUrl : own) + "/app/" + app.appId() + "/endpoint";
  }

  /// The files of a folder say themselves where their app is.
  private Placement placement(RegisteredApp app) {
    DeployedApp live = app.fromFolder() ? catalog.find(app.appId()) : null;
    return live == null ? app.placement() : Placement.of(live.definition());
  }
}
