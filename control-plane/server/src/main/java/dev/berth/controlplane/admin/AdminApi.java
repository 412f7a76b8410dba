package dev.berth.controlplane.admin;

import dev.berth.controlplane.admin.audit.AuditLog;
import dev.berth.controlplane.admin.gate.ChallengeException;
import dev.berth.controlplane.admin.gate.Gate;
import dev.berth.controlplane.admin.http.Access;
import dev.berth.controlplane.admin.http.AdminAnswer;
import dev.berth.controlplane.admin.http.AdminCall;
import dev.berth.controlplane.admin.http.AdminRequest;
import dev.berth.controlplane.admin.http.Refusals;
import dev.berth.controlplane.admin.http.Route;
import dev.berth.controlplane.admin.http.RouteTable;
import dev.berth.controlplane.refusal.Refusal;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers requests of administrators: finds the route, asks the gate, and writes down what was
/// changed. Blocks; never throws.
public final class AdminApi {

  private static final Logger LOG = LoggerFactory.getLogger(AdminApi.class);
  private static final RouteTable EVERY_APP =
      new RouteTable(List.of(new Route(HttpMethod.GET, Route.APP, Access.READ, _ -> notHere())));
  private static final int APP_PARTS = 7;

  private final RouteTable routes;
  private final Gate gate;
  private final AuditLog audit;

  AdminApi(List<Route> routes, Gate gate, AuditLog audit) {
    this.routes = new RouteTable(routes);
    this.gate = gate;
    this.audit = audit;
  }

  /// Every route there is.
  public List<Route> routes() {
    return routes.routes();
  }

  /// Whether whoever sends this has proved to be an administrator, and may send much.
  boolean isKnown(AdminRequest head) {
    try {
      gate.admit(head, Access.SIGNED_IN, Map.of());
      return true;
    } catch (Refusal unknown) {
      return false;
    }
  }

  /// What a request gets.
  public AdminAnswer answer(AdminRequest request) {
    try {
      List<String> path = request.segments();
      RouteTable.Match match = routes.find(request.method(), path);
      return match == null ? unknown(request, path) : answer(request, match);
    } catch (Refusal refusal) {
      return Refusals.answer(refusal);
    } catch (ChallengeException challenge) {
      return challenge.answer();
    } catch (RuntimeException bug) {
      LOG.atError()
          .setCause(bug)
          .addKeyValue("method", request.method())
          .addKeyValue("path", request.path())
          .log("a request of an administrator failed");
      return AdminAnswer.json(
          500,
          new JsonObject()
              .put("error", "an internal error of Berth; its log says more")
              .put("error_code", "InternalServerError"));
    }
  }

  private AdminAnswer answer(AdminRequest request, RouteTable.Match match) {
    Route route = match.route();
    AdminCall call = gate.admit(request, route.access(), match.parameters());
    AdminAnswer answer = route.handler().handle(call);
    if (route.isChange()) {
      audit.changed(route, call, answer);
    }
    return answer;
  }

  /// Who may not see an app does not learn which routes it would have.
  private AdminAnswer unknown(AdminRequest request, List<String> path) {
    if (path.size() > APP_PARTS) {
      RouteTable.Match app = EVERY_APP.find(HttpMethod.GET, path.subList(0, APP_PARTS));
      if (app != null) {
        gate.admit(request, Access.READ, app.parameters());
        return notHere();
      }
    }
    gate.admit(request, Access.SIGNED_IN, Map.of());
    return notHere();
  }

  private static AdminAnswer notHere() {
    throw Refusal.of(
        Refusal.Kind.NOT_IMPLEMENTED,
        "NotImplemented",
        "Berth does not have this route of the Admin API");
  }
}
