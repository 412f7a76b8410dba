package dev.berth.controlplane.admin.http;

import io.vertx.core.http.HttpMethod;
import java.util.List;

/// One method of one URL.
///
/// @param template such as `/api/admin/v3.0/groups/{group}/apps/{app}`; a name in braces stands
/// for
///     one part of the path
public record Route(HttpMethod method, String template, Access access, Handler handler) {

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

  List<String> segments() {
    return List.of(template.substring(1).split("/", -1));
  }

  /// Whether the call changes something, and so belongs into the audit log.
  public boolean isChange() {
    return access.role() != null && !method.equals(HttpMethod.GET);
  }
}
