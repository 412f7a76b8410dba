package dev.berth.controlplane.admin.users;

import dev.berth.catalog.AppCatalog;
import dev.berth.catalog.DeployedApp;
import dev.berth.controlplane.admin.http.Access;
import dev.berth.controlplane.admin.http.AdminAnswer;
import dev.berth.controlplane.admin.http.AdminCall;
import dev.berth.controlplane.admin.http.Route;
import dev.berth.controlplane.refusal.Refusal;
import dev.berth.identity.Accounts;
import dev.berth.identity.PendingUser;
import dev.berth.identity.UserAdministration;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Supplier;

/// Who has registered with an e-mail address and has not confirmed it.
public final class RegistrationRoutes {

  private static final String BY_EMAIL = "/user_registrations/by_email/{email}";

  private final Supplier<UserAdministration> users;
  private final Supplier<Accounts> accounts;
  private final AppCatalog catalog;

  /// @param users of all apps, asked for with each request
  /// @param accounts of all apps, asked for with each request
  public RegistrationRoutes(
      Supplier<UserAdministration> users, Supplier<Accounts> accounts, AppCatalog catalog) {
    this.users = users;
    this.accounts = accounts;
    this.catalog = catalog;
  }

  public List<Route> routes() {
    return List.of(
        Route.ofApp(
            HttpMethod.GET, "/user_registrations/pending_users", Access.READ, this::pending),
        Route.ofApp(HttpMethod.DELETE, BY_EMAIL, Access.EDIT, this::delete),
        Route.ofApp(HttpMethod.POST, BY_EMAIL + "/confirm", Access.EDIT, this::confirm)
            .answering(204),
        Route.ofApp(HttpMethod.POST, BY_EMAIL + "/send_confirm", Access.EDIT, this::send)
            .answering(200)
            .slow(),
        Route.ofApp(HttpMethod.POST, BY_EMAIL + "/run_confirm", Access.EDIT, this::run)
            .answering(202)
            .slow());
  }

  private AdminAnswer pending(AdminCall call) {
    return AdminAnswer.json(
        200,
        Answers.await(users.get().pending(call.appId())).stream()
            .map(RegistrationRoutes::json)
            .toList());
  }

  private AdminAnswer delete(AdminCall call) {
    Answers.granted(users.get().deletePending(call.appId(), call.parameter("email")));
    return AdminAnswer.noContent();
  }

  private AdminAnswer confirm(AdminCall call) {
    Answers.granted(users.get().confirm(call.appId(), call.parameter("email")));
    return AdminAnswer.noContent();
  }

  private AdminAnswer send(AdminCall call) {
    Answers.granted(
        accounts.get().emailPassword().sendConfirmation(app(call), call.parameter("email")));
    return AdminAnswer.json(200, new JsonObject());
  }

  private AdminAnswer run(AdminCall call) {
    Answers.granted(
        accounts.get().emailPassword().runConfirmation(app(call), call.parameter("email")));
    return AdminAnswer.json(202, new JsonObject());
  }

  private DeployedApp app(AdminCall call) {
    DeployedApp app = catalog.find(call.appId());
    if (app == null) {
      throw Refusal.notFound("AuthProviderNotFound", "the app was never deployed");
    }
    return app;
  }

  /// In both of the forms that clients look for.
  private static JsonObject json(PendingUser user) {
    JsonObject login = new JsonObject().put("id_type", "email").put("id", user.email());
    JsonObject identity =
        new JsonObject().put("id", user.identityId()).put("provider_type", "local-userpass");
    return new JsonObject()
        .put("_id", user.id())
        .put("login_ids", new JsonArray().add(login))
        .put("type", "normal")
        .put("data", new JsonObject().put("email", user.email()))
        .put("identities", new JsonArray().add(identity));
  }
}
