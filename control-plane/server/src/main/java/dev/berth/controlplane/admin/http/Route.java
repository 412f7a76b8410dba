package dev.berth.controlplane.admin.http;

import io.vertx.core.http.HttpMethod;
import java.util.List;

/// One method of one URL.
///
/// @param template such as `/api/admin/v3.0/groups/{group}/apps/{app}`; a name in braces stands
/// for one part of the path
/// @param successes the statuses of answers to those who are refused nothing
public record Route(
    HttpMethod method,
    String template,
    Access access,
    Handler handler,
    List<Integer> successes,
    Pace pace) {

  public Route {
    successes = List.copyOf(successes);
  }

  /// A quick route whose answers have the usual status of its method.
  public Route(HttpMethod method, String template, Access access, Handler handler) {
    this(method, template, access, handler, List.of(usualSuccess(method)), Pace.QUICK);
  }

  private static int usualSuccess(HttpMethod method) {
    return method.equals(HttpMethod.GET) ? 200 : method.equals(HttpMethod.POST) ? 201 : 204;
  }

  /// Where the Admin API begins.
  public static final String ADMIN = "/api/admin/v3.0";

  /// Where the routes of one app begin.
  public static final String APP = ADMIN + "/groups/{group}/apps/{app}";

  /// Does what the route is for. May block.
  @FunctionalInterface
  public interface Handler {

    /// Answers one call.
    ///
    /// @throws dev.berth.controlplane.refusal.Refusal when it does not do that
    AdminAnswer handle(AdminCall call);
  }

  /// A route of an app.
  ///
  /// @param below what follows the app in the path
  public static Route ofApp(HttpMethod method, String below, Access access, Handler handler) {
    return new Route(method, APP + below, access, handler);
  }

  /// The same route, whose answers have other statuses.
  public Route answering(Integer... statuses) {
    return new Route(method, template, access, handler, List.of(statuses), pace);
  }

  /// The same route, which may take long.
  public Route slow() {
    return new Route(method, template, access, handler, successes, Pace.SLOW);
  }

  /// Routes whose changes deploy the app.
  public static List<Route> deploying(List<Route> routes) {
    return routes.stream().map(route -> route.isChange() ? route.slow() : route).toList();
  }

  /// The names in braces.
  public List<String> parameters() {
    return segments().stream()
        .filter(part -> part.startsWith("{"))
        .map(part -> part.substring(1, part.length() - 1))
        .toList();
  }

  List<String> segments() {
    return List.of(template.substring(1).split("/", -1));
  }

  /// Whether the call changes something, and so belongs into the audit log.
  public boolean isChange() {
    return access.role() != null && access != Access.READ && !method.equals(HttpMethod.GET);
  }
}
