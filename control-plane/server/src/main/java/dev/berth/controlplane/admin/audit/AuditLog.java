package dev.berth.controlplane.admin.audit;

import static dev.berth.controlplane.store.DocumentCollection.byId;
import static dev.berth.controlplane.store.DocumentCollection.date;
import static dev.berth.controlplane.store.DocumentCollection.where;

import dev.berth.controlplane.admin.http.Access;
import dev.berth.controlplane.admin.http.AdminAnswer;
import dev.berth.controlplane.admin.http.AdminCall;
import dev.berth.controlplane.admin.http.Route;
import dev.berth.controlplane.store.ControlPlaneDatabase;
import dev.berth.controlplane.store.DocumentCollection;
import dev.berth.identity.Ids;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Every change that an administrator made or tried to make, without what was in it: it may be
/// secret. Blocks.
public final class AuditLog {

  private static final int MOST = 500;

  private final DocumentCollection entries;
  private final InstantSource clock;

  private AuditLog(DocumentCollection entries, InstantSource clock) {
    this.entries = entries;
    this.clock = clock;
  }

  public static AuditLog in(ControlPlaneDatabase database, InstantSource clock) {
    DocumentCollection entries = database.collection("audit");
    entries.index("projectId", "at");
    return new AuditLog(entries, clock);
  }

  /// Writes down a call that was to change something.
  ///
  /// @param status of the answer
  /// @param code why it was refused, as clients compare it; `null` when it was not
  public void write(Route route, AdminCall call, int status, @Nullable String code) {
    JsonObject ids = new JsonObject();
    call.parameters().forEach(ids::put);
    // Of a user of an app, who may ask to be forgotten; nothing is ever removed here.
    ids.remove("email");
    JsonObject entry =
        byId(Ids.next())
            .put("at", date(clock.instant()))
            .put("administratorId", call.administrator().id())
            .put("administrator", call.administrator().name())
            .put("method", route.method().name())
            .put("route", route.template())
            .put("ids", ids)
            .put("remoteAddress", call.request().remoteAddress())
            .put("status", status);
    if (code != null) {
      entry.put("error_code", code);
    }
    String organizationId = call.parameters().get("org");
    if (organizationId != null) {
      entry.put("organizationId", organizationId);
    }
    if (call.project() != null) {
      entry.put("projectId", call.ownProject().id());
    }
    if (call.app() != null) {
      entry.put("appId", call.appId().value());
    }
    entries.insert(entry);
  }

  public List<Route> routes() {
    return List.of(
        new Route(HttpMethod.GET, Route.ADMIN + "/groups/{group}/audit", Access.OWN, this::list),
        new Route(
            HttpMethod.GET,
            Route.ADMIN + "/orgs/{org}/audit",
            Access.OWN_ORGANIZATION,
            call -> list(where("organizationId", call.parameter("org")))));
  }

  private AdminAnswer list(AdminCall call) {
    return list(where("projectId", call.ownProject().id()));
  }

  private AdminAnswer list(JsonObject wanted) {
    return AdminAnswer.json(
        200,
        entries.last(wanted, "at", MOST).stream()
            .map(entry -> entry.put("at", date(entry, "at").toString()))
            .toList());
  }
}
