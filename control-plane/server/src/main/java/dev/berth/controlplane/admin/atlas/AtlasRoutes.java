package dev.berth.controlplane.admin.atlas;

import dev.berth.controlplane.admin.http.Access;
import dev.berth.controlplane.admin.http.AdminAnswer;
import dev.berth.controlplane.admin.http.AdminCall;
import dev.berth.controlplane.admin.http.Route;
import dev.berth.controlplane.tenant.Tenants;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/// The few routes of the Atlas API that help to find a project. Berth runs no clusters: the
/// names of data sources lead to whatever the operator has linked.
public final class AtlasRoutes {

  private static final String CLUSTERS = "/api/atlas/v1.0/groups/{group}";

  private final Tenants tenants;

  public AtlasRoutes(Tenants tenants) {
    this.tenants = tenants;
  }

  public List<Route> routes() {
    return List.of(
        new Route(
            HttpMethod.GET,
            "/api/public/v1.0",
            Access.DIGEST,
            _ -> AdminAnswer.json(200, new JsonObject().put("appName", "berth"))),
        new Route(HttpMethod.GET, "/api/public/v1.0/groups", Access.DIGEST, this::groups),
        new Route(HttpMethod.GET, CLUSTERS + "/clusters", Access.DIGEST, _ -> none()),
        new Route(HttpMethod.GET, CLUSTERS + "/serverless", Access.DIGEST, _ -> none()),
        new Route(
            HttpMethod.GET,
            CLUSTERS + "/dataLakes",
            Access.DIGEST,
            _ -> AdminAnswer.json(200, new JsonArray())));
  }

  private AdminAnswer groups(AdminCall call) {
    List<JsonObject> groups =
        tenants.of(call.administrator()).stream()
            .map(
                project ->
                    new JsonObject()
                        .put("id", project.id())
                        .put("name", project.name())
                        .put("orgId", project.organizationId()))
            .toList();
    return results(groups);
  }

  private static AdminAnswer none() {
    return results(List.of());
  }

  private static AdminAnswer results(List<JsonObject> results) {
    return AdminAnswer.json(
        200,
        new JsonObject()
            .put("results", new JsonArray(results))
            .put("totalCount", results.size())
            .put("links", new JsonArray()));
  }
}
