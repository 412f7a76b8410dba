package dev.berth.controlplane.admin.apps;

import dev.berth.controlplane.admin.http.Access;
import dev.berth.controlplane.admin.http.AdminAnswer;
import dev.berth.controlplane.admin.http.Route;
import dev.berth.controlplane.refusal.Refusal;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import java.util.List;

/// Static hosting, which Berth does not have: there are no files, and none can be added.
public final class HostingRoutes {

  private static final String ASSETS = "/hosting/assets";
  private static final String ASSET = "/hosting/assets/asset";

  public List<Route> routes() {
    return List.of(
        Route.ofApp(
            HttpMethod.GET, ASSETS, Access.READ, _ -> AdminAnswer.json(200, new JsonArray())),
        Route.ofApp(HttpMethod.PUT, ASSET, Access.EDIT, _ -> disabled()),
        Route.ofApp(HttpMethod.PATCH, ASSET, Access.EDIT, _ -> disabled()),
        Route.ofApp(HttpMethod.DELETE, ASSET, Access.EDIT, _ -> disabled()),
        Route.ofApp(HttpMethod.PUT, "/hosting/cache", Access.EDIT, _ -> disabled()));
  }

  private static AdminAnswer disabled() {
    throw Refusal.of(Refusal.Kind.INVALID, "HostingDisabled", "hosting is disabled");
  }
}
