package dev.berth.controlplane.admin.apps;

import dev.berth.appmodel.AppId;
import dev.berth.controlplane.admin.http.Access;
import dev.berth.controlplane.admin.http.AdminAnswer;
import dev.berth.controlplane.admin.http.AdminCall;
import dev.berth.controlplane.admin.http.Route;
import dev.berth.controlplane.app.AppRegistry;
import dev.berth.controlplane.app.AppRemoval;
import dev.berth.controlplane.app.AppTerms;
import dev.berth.controlplane.app.NewApp;
import dev.berth.controlplane.app.RegisteredApp;
import dev.berth.controlplane.refusal.Refusal;
import dev.berth.controlplane.tenant.Project;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Consumer;

/// Lists, makes and deletes apps.
public final class AppRoutes {

  private static final String APPS = Route.ADMIN + "/groups/{group}/apps";

  private final AppRegistry apps;
  private final AppTerms terms;
  private final AppJson json;
  private final AppRemoval removal;
  private final Consumer<AppId> furnished;

  /// @param furnished gets each new app, to keep of it elsewhere what every app has
  public AppRoutes(
      AppRegistry apps,
      AppTerms terms,
      AppJson json,
      AppRemoval removal,
      Consumer<AppId> furnished) {
    this.apps = apps;
    this.terms = terms;
    this.json = json;
    this.removal = removal;
    this.furnished = furnished;
  }

  public List<Route> routes() {
    return List.of(
        new Route(HttpMethod.GET, APPS, Access.READ, this::list),
        new Route(HttpMethod.POST, APPS, Access.OWN, this::create),
        Route.ofApp(HttpMethod.GET, "", Access.READ, this::get),
        Route.ofApp(HttpMethod.DELETE, "", Access.OWN, this::delete).slow(),
        new Route(
            HttpMethod.GET,
            Route.ADMIN + "/templates",
            Access.SIGNED_IN,
            _ -> AdminAnswer.json(200, new JsonArray())),
        Route.ofApp(
            HttpMethod.GET, "/templates", Access.READ, _ -> AdminAnswer.json(200, new JsonArray())),
        Route.ofApp(
            HttpMethod.GET,
            "/sync/client_schemas/{language}",
            Access.READ,
            _ -> AdminAnswer.json(200, new JsonArray())));
  }

  /// Clients ask for each product in turn and put the answers together.
  private AdminAnswer list(AdminCall call) {
    String product = call.query("product");
    if (!product.isEmpty() && !product.equals("standard")) {
      return AdminAnswer.json(200, new JsonArray());
    }
    return AdminAnswer.json(
        200,
        apps.list(call.ownProject().id()).stream()
            .map(app -> json.of(app, call.request().baseUrl()))
            .toList());
  }

  private AdminAnswer create(AdminCall call) {
    JsonObject body = call.json();
    if (!AdminCall.text(body, "template_id").isEmpty()) {
      throw Refusal.invalid("Berth has no templates: make the app without one");
    }
    String appId = AdminCall.text(body, "client_app_id");
    NewApp wanted =
        NewApp.of(
            AdminCall.requiredText(body, "name"),
            AskedPlacement.read(body),
            AdminCall.text(body, "environment"),
            appId.isEmpty() ? null : appId);
    Project project = call.ownProject();
    RegisteredApp made = terms.adding(project, () -> apps.add(project.id(), wanted));
    furnished.accept(made.appId());
    return AdminAnswer.json(201, json.of(made, call.request().baseUrl()));
  }

  private AdminAnswer get(AdminCall call) {
    return AdminAnswer.json(200, json.of(call.ownApp(), call.request().baseUrl()));
  }

  private AdminAnswer delete(AdminCall call) {
    removal.remove(call.ownApp());
    return AdminAnswer.noContent();
  }
}
