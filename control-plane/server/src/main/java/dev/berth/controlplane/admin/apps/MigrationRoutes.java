package dev.berth.controlplane.admin.apps;

import dev.berth.appmodel.DeploymentModel;
import dev.berth.appmodel.directory.Regions;
import dev.berth.appmodel.region.Placement;
import dev.berth.appmodel.region.ServedRegions;
import dev.berth.controlplane.admin.http.Access;
import dev.berth.controlplane.admin.http.AdminAnswer;
import dev.berth.controlplane.admin.http.AdminCall;
import dev.berth.controlplane.admin.http.Route;
import dev.berth.controlplane.app.AppRegistry;
import dev.berth.controlplane.app.Moves;
import dev.berth.controlplane.refusal.Refusal;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/// The regions there are, and how an app goes from one to another: at once, because all of them
/// have the same database.
public final class MigrationRoutes {

  private static final String MIGRATION = "/deployment_migration";

  private final AppRegistry apps;
  private final Moves moves;
  private final ServedRegions regions;

  public MigrationRoutes(AppRegistry apps, Moves moves, ServedRegions regions) {
    this.apps = apps;
    this.moves = moves;
    this.regions = regions;
  }

  public List<Route> routes() {
    return List.of(
        new Route(
            HttpMethod.GET,
            Route.ADMIN + "/provider_regions",
            Access.SIGNED_IN,
            _ -> providerRegions()),
        Route.ofApp(HttpMethod.GET, MIGRATION, Access.READ, this::status),
        Route.ofApp(HttpMethod.PUT, MIGRATION, Access.OWN, this::move).slow());
  }

  private AdminAnswer providerRegions() {
    List<String> names =
        regions.isEmpty() ? Regions.names() : regions.names().stream().sorted().toList();
    return AdminAnswer.json(200, names.stream().map(MigrationRoutes::region).toList());
  }

  private static JsonObject region(String id) {
    int cloud = id.indexOf('-');
    return new JsonObject()
        .put("id", id)
        .put("name", id.substring(cloud + 1))
        .put("cloud_provider", id.substring(0, cloud))
        .put("deployment_models", new JsonArray().add("GLOBAL").add("LOCAL"));
  }

  private AdminAnswer status(AdminCall call) {
    return AdminAnswer.json(
        200, apps.lastMove(call.ownApp()).map(MigrationRoutes::json).orElse(new JsonObject()));
  }

  private static JsonObject json(AppRegistry.Move move) {
    return new JsonObject()
        .put("status", move.succeeded() ? "successful" : "failed")
        .put(
            "message",
            move.succeeded() ? "the app is " + move.to() : "the app stayed " + move.from())
        .put("updated_at", move.at().toString())
        .put("from", json(move.from()))
        .put("to", json(move.to()));
  }

  private static JsonObject json(Placement placement) {
    return new JsonObject()
        .put("deployment_model", placement.model().name())
        .put("provider_region", placement.region());
  }

  private AdminAnswer move(AdminCall call) {
    JsonObject body = call.json();
    AdminCall.requiredText(body, "deployment_model");
    AdminCall.requiredText(body, "provider_region");
    Placement to = AskedPlacement.read(body);
    if (to.model() == DeploymentModel.LOCAL && !regions.isEmpty() && regions.urlOf(to) == null) {
      throw Refusal.invalid(
          "this Berth does not serve the region %s; it serves %s"
              .formatted(to.region(), regions.names().stream().sorted().toList()));
    }
    moves.move(call.ownApp(), to, call.administrator().id());
    return AdminAnswer.noContent();
  }
}
