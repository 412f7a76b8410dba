package dev.berth.controlplane.admin.http;

import dev.berth.appmodel.AppId;
import dev.berth.controlplane.app.RegisteredApp;
import dev.berth.controlplane.refusal.Refusal;
import dev.berth.controlplane.session.AdminSession;
import dev.berth.controlplane.tenant.Administrator;
import dev.berth.controlplane.tenant.Project;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A request on its way to a route, with what was found out about it.
///
/// @param parameters what stands in the path, by name
/// @param session whose it is; `null` where nobody has to sign in
/// @param project of the URL; `null` when it names none. The administrator has a role in it
/// @param app of the URL; `null` when it names none. It belongs to the project
public record AdminCall(
    AdminRequest request,
    Map<String, String> parameters,
    @Nullable AdminSession session,
    @Nullable Project project,
    @Nullable RegisteredApp app) {

  public AdminCall {
    parameters = Map.copyOf(parameters);
  }

  public AdminSession signedIn() {
    return Objects.requireNonNull(session, "a route for anybody asks who it is");
  }

  public Administrator administrator() {
    return signedIn().administrator();
  }

  public Project ownProject() {
    return Objects.requireNonNull(project, "a route of no project asks for it");
  }

  public RegisteredApp ownApp() {
    return Objects.requireNonNull(app, "a route of no app asks for it");
  }

  public AppId appId() {
    return ownApp().appId();
  }

  /// What stands in the path for a name.
  public String parameter(String name) {
    return Objects.requireNonNull(parameters.get(name), "no such name in the route");
  }

  /// A parameter of the query; empty when there is none.
  public String query(String name) {
    String value = request.query().get(name);
    return value == null ? "" : value;
  }

  /// Whether the query has a parameter, whatever it says.
  public boolean hasQuery(String name) {
    return request.query().contains(name);
  }

  /// The body, which must be an object.
  public JsonObject json() {
    try {
      return new JsonObject(request.body());
    } catch (DecodeException | ClassCastException malformed) {
      throw Refusal.of(Refusal.Kind.INVALID, "MalformedJSON", "the body must be a JSON object");
    }
  }

  /// A text of the body; empty when there is none.
  public static String text(JsonObject body, String field) {
    return switch (body.getValue(field)) {
      case null -> "";
      case String text -> text;
      default -> throw Refusal.invalid("\"" + field + "\" must be a string");
    };
  }

  /// A text of the body that must not be missing.
  public static String requiredText(JsonObject body, String field) {
    String text = text(body, field);
    if (text.isEmpty()) {
      throw Refusal.of(Refusal.Kind.INVALID, "MissingParameter", "\"" + field + "\" is missing");
    }
    return text;
  }
}
