package dev.berth.controlplane.admin.users;

import dev.berth.controlplane.admin.http.Access;
import dev.berth.controlplane.admin.http.AdminAnswer;
import dev.berth.controlplane.admin.http.AdminCall;
import dev.berth.controlplane.admin.http.Route;
import dev.berth.controlplane.refusal.Refusal;
import dev.berth.ejson.Ejson;
import dev.berth.identity.AccessTokenState;
import dev.berth.identity.AppUser;
import dev.berth.identity.Ids;
import dev.berth.identity.Session;
import dev.berth.identity.UserAdministration;
import dev.berth.identity.UserIdentity;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The users of an app.
public final class UserRoutes {

  private static final int PAGE = 50;
  private static final String USER = "/users/{user}";

  private final Supplier<UserAdministration> users;

  /// @param users of all apps, asked for with each request
  public UserRoutes(Supplier<UserAdministration> users) {
    this.users = users;
  }

  public List<Route> routes() {
    return List.of(
        Route.ofApp(HttpMethod.GET, "/users", Access.READ, this::list),
        Route.ofApp(HttpMethod.POST, "/users", Access.EDIT, this::create),
        Route.ofApp(HttpMethod.GET, USER, Access.READ, this::get),
        Route.ofApp(HttpMethod.DELETE, USER, Access.EDIT, this::delete),
        Route.ofApp(HttpMethod.PUT, USER + "/disable", Access.EDIT, this::disable),
        Route.ofApp(HttpMethod.PUT, USER + "/enable", Access.EDIT, this::enable),
        Route.ofApp(HttpMethod.PUT, USER + "/logout", Access.EDIT, this::logOut),
        Route.ofApp(HttpMethod.POST, "/users/verify_token", Access.READ, this::verifyToken)
            .answering(200));
  }

  /// Without `after` everybody, because there are clients that do not ask for more.
  private AdminAnswer list(AdminCall call) {
    Predicate<AppUser> asked = ofStatus(call.query("status"));
    Stream<AppUser> found = Answers.await(users.get().users(call.appId())).stream().filter(asked);
    Set<String> providers = Set.copyOf(List.of(call.query("provider_types").split(",", -1)));
    if (!call.query("provider_types").isEmpty()) {
      found =
          found.filter(
              user ->
                  user.identities().stream()
                      .anyMatch(identity -> providers.contains(identity.providerType())));
    }
    String after = call.query("after");
    if (!after.isEmpty()) {
      found = found.dropWhile(user -> !user.id().equals(after)).skip(1).limit(PAGE);
    }
    return AdminAnswer.json(200, found.map(UserRoutes::json).toList());
  }

  /// `confirmed` are all who are listed here; who is pending is no user yet.
  private static Predicate<AppUser> ofStatus(String status) {
    return switch (status) {
      case "", "confirmed" -> _ -> true;
      case "pending" -> _ -> false;
      case "enabled" -> user -> !user.disabled();
      case "disabled" -> AppUser::disabled;
      default ->
          throw Refusal.invalid(
              "status must be enabled, disabled, confirmed or pending, and not " + status);
    };
  }

  private AdminAnswer create(AdminCall call) {
    JsonObject body = call.json();
    String email = AdminCall.requiredText(body, "email");
    String password = AdminCall.requiredText(body, "password");
    AppUser made = Answers.granted(users.get().create(call.appId(), email, password));
    return AdminAnswer.json(201, json(made));
  }

  private AdminAnswer get(AdminCall call) {
    return Answers.await(users.get().find(call.appId(), call.parameter("user")))
        .map(user -> AdminAnswer.json(200, json(user)))
        .orElseThrow(() -> Refusal.notFound("UserNotFound", "user not found"));
  }

  private AdminAnswer delete(AdminCall call) {
    Answers.granted(users.get().delete(call.appId(), call.parameter("user")));
    return AdminAnswer.noContent();
  }

  private AdminAnswer disable(AdminCall call) {
    Answers.granted(users.get().disable(call.appId(), call.parameter("user")));
    return AdminAnswer.noContent();
  }

  private AdminAnswer enable(AdminCall call) {
    Answers.granted(users.get().enable(call.appId(), call.parameter("user")));
    return AdminAnswer.noContent();
  }

  private AdminAnswer logOut(AdminCall call) {
    Answers.granted(users.get().revokeSessions(call.appId(), call.parameter("user")));
    return AdminAnswer.noContent();
  }

  /// Answers what is true of the token: that it has expired is no refusal.
  private AdminAnswer verifyToken(AdminCall call) {
    String token = AdminCall.requiredText(call.json(), "token");
    return switch (Answers.await(users.get().examine(call.appId(), token))) {
      case AccessTokenState.Alive alive -> AdminAnswer.json(200, claims(alive));
      case AccessTokenState.Expired() -> AdminAnswer.jsonText(200, "\"token expired\"");
      case AccessTokenState.Dead() -> throw Refusal.invalidSession("invalid session");
    };
  }

  private static JsonObject claims(AccessTokenState.Alive alive) {
    Session session = alive.session();
    AppUser user = session.user();
    return new JsonObject()
        .put("sub", user.id())
        .put("aud", session.appId().value())
        .put("exp", alive.expiresAt().getEpochSecond())
        .put("iat", alive.issuedAt().getEpochSecond())
        .put("iss", session.sessionId())
        .put("domain_id", session.appId().value())
        .put("device_id", session.deviceId())
        .put("data", new JsonObject(Ejson.plain(user.data())))
        .put("custom_user_data", new JsonObject(Ejson.plain(user.customData())));
  }

  private static JsonObject json(AppUser user) {
    JsonArray identities = new JsonArray();
    user.identities().forEach(identity -> identities.add(json(identity)));
    return new JsonObject()
        .put("_id", user.id())
        .put("type", user.type().wireName())
        .put("disabled", user.disabled())
        .put("data", new JsonObject(Ejson.plain(user.data())))
        .put("creation_date", user.createdAt().getEpochSecond())
        .put("last_authentication_date", user.lastAuthenticatedAt().getEpochSecond())
        .put("identities", identities);
  }

  /// Clients take the provider's id for an ObjectId, and give up on anything else.
  private static JsonObject json(UserIdentity identity) {
    JsonObject json =
        new JsonObject().put("id", identity.id()).put("provider_type", identity.providerType());
    if (Ids.isId(identity.providerId())) {
      json.put("provider_id", identity.providerId());
    }
    return json;
  }
}
