package dev.berth.controlplane.admin.auth;

import dev.berth.appmodel.AppId;
import dev.berth.controlplane.admin.gate.LocalAccess;
import dev.berth.controlplane.admin.http.Access;
import dev.berth.controlplane.admin.http.AdminAnswer;
import dev.berth.controlplane.admin.http.AdminCall;
import dev.berth.controlplane.admin.http.Route;
import dev.berth.controlplane.refusal.Refusal;
import dev.berth.controlplane.session.AdminSessions;
import dev.berth.controlplane.session.Tokens;
import dev.berth.controlplane.tenant.Administrator;
import dev.berth.controlplane.tenant.Administrator.Kind;
import dev.berth.controlplane.tenant.Administrators;
import dev.berth.controlplane.tenant.Tenants;
import dev.berth.identity.Answer;
import dev.berth.identity.throttle.LoginThrottle;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Sessions and profiles.
public final class AuthRoutes {

  private static final String AUTH = Route.ADMIN + "/auth";

  /// Of an e-mail address; public keys are shorter.
  private static final int LONGEST_NAME = 320;

  /// What attempts are counted under; no app, only a name for them.
  private static final AppId ATTEMPTS = new AppId("administrators");

  private static final String DEVICE = "000000000000000000000000";

  private final Administrators administrators;
  private final AdminSessions sessions;
  private final Tenants tenants;
  private final LocalAccess local;
  private final LoginThrottle throttle;

  public AuthRoutes(
      Administrators administrators,
      AdminSessions sessions,
      Tenants tenants,
      LocalAccess local,
      InstantSource clock) {
    this.administrators = administrators;
    this.sessions = sessions;
    this.tenants = tenants;
    this.local = local;
    this.throttle = new LoginThrottle(clock);
  }

  public List<Route> routes() {
    return List.of(
        new Route(HttpMethod.GET, AUTH + "/providers", Access.ANYBODY, _ -> providers()),
        new Route(
                HttpMethod.POST,
                AUTH + "/providers/mongodb-cloud/login",
                Access.ANYBODY,
                call -> logIn(call, Kind.KEY, "apiKey"))
            .answering(200),
        new Route(
                HttpMethod.POST,
                AUTH + "/providers/local-userpass/login",
                Access.ANYBODY,
                call -> logIn(call, Kind.PASSWORD, "password"))
            .answering(200),
        new Route(HttpMethod.GET, AUTH + "/profile", Access.SIGNED_IN, this::profile),
        new Route(HttpMethod.POST, AUTH + "/session", Access.REFRESH, this::refresh),
        new Route(HttpMethod.DELETE, AUTH + "/session", Access.REFRESH, this::logOut),
        new Route(
            HttpMethod.GET,
            "/api/private/v1.0/version",
            Access.ANYBODY,
            _ -> AdminAnswer.json(200, new JsonObject().put("version", "berth"))));
  }

  private static AdminAnswer providers() {
    JsonArray providers = new JsonArray();
    for (Kind kind : Kind.values()) {
      providers.add(
          new JsonObject()
              .put("_id", kind.provider())
              .put("name", kind.provider())
              .put("type", kind.provider()));
    }
    return AdminAnswer.json(200, providers);
  }

  private AdminAnswer logIn(AdminCall call, Kind kind, String secretField) {
    JsonObject body = call.json();
    String name = AdminCall.requiredText(body, "username");
    if (name.length() > LONGEST_NAME) {
      // The throttle remembers names, and this one is a stranger's.
      throw Refusal.of(Refusal.Kind.UNAUTHENTICATED, null, "invalid username/password");
    }
    String secret = AdminCall.requiredText(body, secretField);
    Tokens tokens =
        sessions.open(
            local.administrator(call.request()).orElseGet(() -> proved(call, kind, name, secret)));
    return AdminAnswer.json(
        200,
        new JsonObject()
            .put("access_token", tokens.access())
            .put("refresh_token", tokens.refresh())
            .put("user_id", tokens.session().administrator().id())
            .put("device_id", DEVICE));
  }

  private Administrator proved(AdminCall call, Kind kind, String name, String secret) {
    return switch (throttle.begin(ATTEMPTS, name, call.request().remoteAddress())) {
      case Answer.Denied<LoginThrottle.Attempt>(var denial) ->
          throw Refusal.of(Refusal.Kind.TOO_MANY, "TooManyRequests", denial.message());
      case Answer.Granted<LoginThrottle.Attempt>(var attempt) -> {
        Optional<Administrator> found = administrators.verify(kind, name, secret);
        found.ifPresent(_ -> attempt.succeeded());
        yield found.orElseThrow(
            () ->
                Refusal.of(
                    Refusal.Kind.UNAUTHENTICATED,
                    null,
                    kind == Kind.KEY
                        ? "failed to authenticate with MongoDB Cloud API: You are not authorized for this resource."
                        : "invalid username/password"));
      }
    };
  }

  private AdminAnswer profile(AdminCall call) {
    Administrator administrator = call.administrator();
    JsonArray roles = new JsonArray();
    tenants
        .of(administrator)
        .forEach(
            project ->
                administrator
                    .roleIn(project)
                    .ifPresent(
                        role ->
                            roles.add(
                                new JsonObject()
                                    .put("role_name", role.wireName())
                                    .put("group_id", project.id()))));
    JsonObject identity =
        new JsonObject()
            .put("id", administrator.id())
            .put("provider_type", administrator.kind().provider())
            .put("provider_id", DEVICE);
    return AdminAnswer.json(
        200,
        new JsonObject()
            .put("user_id", administrator.id())
            .put("domain_id", DEVICE)
            .put("identities", new JsonArray().add(identity))
            .put("data", new JsonObject().put("name", administrator.name()))
            .put("type", "normal")
            .put("roles", roles));
  }

  private AdminAnswer refresh(AdminCall call) {
    return AdminAnswer.json(
        201, new JsonObject().put("access_token", sessions.refresh(call.signedIn())));
  }

  private AdminAnswer logOut(AdminCall call) {
    sessions.close(call.signedIn());
    return AdminAnswer.noContent();
  }
}
