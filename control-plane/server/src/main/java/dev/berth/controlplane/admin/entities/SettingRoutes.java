package dev.berth.controlplane.admin.entities;

import dev.berth.appmodel.document.PushedDocument;
import dev.berth.appmodel.entity.AppSetting;
import dev.berth.appmodel.json.Json;
import dev.berth.appmodel.json.Json.Elements;
import dev.berth.appmodel.json.Json.Fields;
import dev.berth.appmodel.json.Json.Text;
import dev.berth.appmodel.json.JsonWriter;
import dev.berth.appmodel.json.LocatedJson;
import dev.berth.controlplane.admin.http.Access;
import dev.berth.controlplane.admin.http.AdminAnswer;
import dev.berth.controlplane.admin.http.AdminCall;
import dev.berth.controlplane.admin.http.Route;
import dev.berth.controlplane.app.AppWorkspace;
import dev.berth.controlplane.refusal.Refusal;
import dev.berth.ejson.EjsonParseException;
import io.vertx.core.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What an app has once at most. Changes go where those of single things go.
public final class SettingRoutes {

  private static final String ORIGINS = "/security/allowed_request_origins";
  private static final String DATA_API = "/data_api/config";

  private final AppWorkspace workspace;

  public SettingRoutes(AppWorkspace workspace) {
    this.workspace = workspace;
  }

  public List<Route> routes() {
    return List.of(
        Route.ofApp(HttpMethod.GET, ORIGINS, Access.READ, this::origins),
        Route.ofApp(HttpMethod.POST, ORIGINS, Access.EDIT, this::setOrigins).answering(204),
        Route.ofApp(
            HttpMethod.GET,
            "/custom_user_data",
            Access.READ,
            call -> fields(call, AppSetting.CUSTOM_USER_DATA)),
        Route.ofApp(
            HttpMethod.PATCH,
            "/custom_user_data",
            Access.EDIT,
            call -> merge(call, AppSetting.CUSTOM_USER_DATA, 204)),
        Route.ofApp(
            HttpMethod.GET, DATA_API, Access.READ, call -> fields(call, AppSetting.DATA_API)),
        Route.ofApp(
            HttpMethod.POST, DATA_API, Access.EDIT, call -> merge(call, AppSetting.DATA_API, 201)),
        Route.ofApp(
            HttpMethod.PATCH, DATA_API, Access.EDIT, call -> merge(call, AppSetting.DATA_API, 204)),
        Route.ofApp(
            HttpMethod.GET,
            "/data_api/versions",
            Access.READ,
            _ -> AdminAnswer.jsonText(200, "[\"v1\"]")),
        Route.ofApp(HttpMethod.PUT, "/environment", Access.EDIT, this::setEnvironment)
            .answering(200),
        Route.ofApp(HttpMethod.GET, "/pull", Access.READ, this::pull).slow());
  }

  private AdminAnswer origins(AdminCall call) {
    Json origins = AppSetting.ALLOWED_REQUEST_ORIGINS.of(worked(call).document());
    return AdminAnswer.jsonText(
        200, JsonWriter.compact(origins == null ? Elements.of(List.of()) : origins));
  }

  private AdminAnswer setOrigins(AdminCall call) {
    if (!(body(call) instanceof Elements origins)
        || !origins.values().stream().allMatch(Text.class::isInstance)) {
      throw Refusal.invalid("the body must be an array of strings");
    }
    set(call, worked(call), AppSetting.ALLOWED_REQUEST_ORIGINS, origins);
    return AdminAnswer.noContent();
  }

  private AdminAnswer fields(AdminCall call, AppSetting setting) {
    return AdminAnswer.jsonText(200, JsonWriter.compact(known(worked(call), setting)));
  }

  private static Fields known(AppWorkspace.Work work, AppSetting setting) {
    return setting.of(work.document()) instanceof Fields fields ? fields : Fields.none();
  }

  private AdminAnswer merge(AdminCall call, AppSetting setting, int status) {
    AppWorkspace.Work work = worked(call);
    Fields changed = known(work, setting).and(object(call));
    set(call, work, setting, changed);
    return status == 204
        ? AdminAnswer.noContent()
        : AdminAnswer.jsonText(status, JsonWriter.compact(changed));
  }

  private AdminAnswer setEnvironment(AdminCall call) {
    String environment = object(call).text("environment");
    if (environment == null) {
      throw Refusal.of(Refusal.Kind.INVALID, "MissingParameter", "\"environment\" is missing");
    }
    String tag = environment.equals("none") ? "" : environment;
    set(call, worked(call), AppSetting.ENVIRONMENT, new Text(tag));
    return AdminAnswer.jsonText(
        200, JsonWriter.compact(Fields.none().with("environment", environment)));
  }

  private AdminAnswer pull(AdminCall call) {
    return AdminAnswer.jsonText(
        200, JsonWriter.compact(PushedDocument.of(worked(call).document())));
  }

  private AppWorkspace.Work worked(AdminCall call) {
    return workspace.worked(call.ownApp(), call.administrator().id());
  }

  private void set(AdminCall call, AppWorkspace.Work work, AppSetting setting, Json value) {
    workspace.edit(
        call.ownApp(), call.administrator().id(), work.with(setting.set(work.document(), value)));
  }

  private static Fields object(AdminCall call) {
    if (body(call) instanceof Fields fields) {
      return fields;
    }
    throw Refusal.of(Refusal.Kind.INVALID, "MalformedJSON", "the body must be a JSON object");
  }

  private static Json body(AdminCall call) {
    try {
      String text = call.request().body().toString(StandardCharsets.UTF_8);
      return Json.of(LocatedJson.parse("body", text));
    } catch (EjsonParseException malformed) {
      throw Refusal.of(Refusal.Kind.INVALID, "MalformedJSON", "the body is no JSON");
    }
  }
}
