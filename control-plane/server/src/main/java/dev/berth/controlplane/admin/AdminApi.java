package dev.berth.controlplane.admin;

import dev.berth.controlplane.admin.audit.AuditLog;
import dev.berth.controlplane.admin.gate.ChallengeException;
import dev.berth.controlplane.admin.gate.Gate;
import dev.berth.controlplane.admin.http.Access;
import dev.berth.controlplane.admin.http.AdminAnswer;
import dev.berth.controlplane.admin.http.AdminCall;
import dev.berth.controlplane.admin.http.AdminRequest;
import dev.berth.controlplane.admin.http.Pace;
import dev.berth.controlplane.admin.http.Refusals;
import dev.berth.controlplane.admin.http.Route;
import dev.berth.controlplane.admin.http.RouteTable;
import dev.berth.controlplane.refusal.Refusal;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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

  /// What is known of a request before its body is.
  ///
  /// @param isKnown whether whoever sends it has proved to be an administrator
  /// @param pace how long the answer may take
  record Expected(boolean isKnown, Pace pace) {}

  /// Looks at a request whose body is still to come.
  Expected expect(AdminRequest head) {
    return new Expected(isKnown(head), pace(head));
  }

  private boolean isKnown(AdminRequest head) {
    try {
      gate.admit(head, Access.SIGNED_IN, Map.of());
      return true;
    } catch (Refusal refusal) {
      if (refusal.kind() == Refusal.Kind.UNAVAILABLE) {
        // Who it is cannot be told now; as a stranger it would get an answer that is not true.
        throw refusal;
      }
      return false;
    }
  }

  private Pace pace(AdminRequest head) {
    try {
      RouteTable.Match match = routes.find(head.method(), head.segments());
      return match == null ? Pace.QUICK : match.route().pace();
    } catch (Refusal malformed) {
      return Pace.QUICK;
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
    AdminCall call = gate.identify(request, route.access(), match.parameters());
    if (!route.isChange()) {
      gate.requireRole(call, route.access());
      return route.handler().handle(call);
    }
    AdminAnswer answer = attempt(route, call);
    audit.write(route, call, answer.status(), null);
    return answer;
  }

  /// Tries a change; that it was tried is written down, too.
  private AdminAnswer attempt(Route route, AdminCall call) {
    try {
      gate.requireRole(call, route.access());
      return route.handler().handle(call);
    } catch (Refusal refusal) {
      failed(route, call, Refusals.status(refusal.kind()), refusal.code());
      throw refusal;
    } catch (RuntimeException bug) {
      failed(route, call, 500, "InternalServerError");
      throw bug;
    }
  }

  private void failed(Route route, AdminCall call, int status, @Nullable String code) {
    try {
      audit.write(route, call, status, code);
    } catch (Refusal notWritten) {
      // Whoever asked hears why the change failed, and not this.
      LOG.atError()
          .addKeyValue("route", route.template())
          .addKeyValue("administrator", call.administrator().id())
          .log("a failed change is missing in the audit log");
    }
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
