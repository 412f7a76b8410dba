package dev.berth.controlplane.admin.apps;

import dev.berth.controlplane.app.RegisteredApp;
import io.vertx.core.json.JsonObject;

/// An app as clients read it.
final class AppJson {

  private static final String DOMAIN = "000000000000000000000000";

  private AppJson() {}

  static JsonObject of(RegisteredApp app, String baseUrl) {
    return new JsonObject()
        .put("_id", app.internalId())
        .put("client_app_id", app.appId().value())
        .put("name", app.name())
        .put("domain_id", DOMAIN)
        .put("group_id", app.projectId())
        .put("location", app.location())
        .put("deployment_model", app.deploymentModel())
        .put("environment", app.environment())
        .put("template_id", "")
        .put("product", "standard")
        .put("endpoint_base_url", endpoints(app, baseUrl))
        .put("last_used", app.lastUsed().getEpochSecond())
        .put("last_modified", app.lastUsed().getEpochSecond());
  }

  /// Where the endpoints of an app begin.
  static String endpoints(RegisteredApp app, String baseUrl) {
    return baseUrl + "/app/" + app.appId() + "/endpoint";
  }
}
