package dev.berth.controlplane.admin.users;

import dev.berth.controlplane.admin.http.Access;
import dev.berth.controlplane.admin.http.AdminAnswer;
import dev.berth.controlplane.admin.http.AdminCall;
import dev.berth.controlplane.admin.http.Route;
import dev.berth.controlplane.refusal.Refusal;
import dev.berth.identity.ApiKey;
import dev.berth.identity.CreatedApiKey;
import dev.berth.identity.UserAdministration;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Supplier;

/// The API keys that servers sign in to an app with.
public final class ServerKeyRoutes {

  private static final String KEY = "/api_keys/{key}";

  private final Supplier<UserAdministration> users;

  /// @param users of all apps, asked for with each request
  public ServerKeyRoutes(Supplier<UserAdministration> users) {
    this.users = users;
  }

  public List<Route> routes() {
    return List.of(
        Route.ofApp(HttpMethod.GET, "/api_keys", Access.READ, this::list),
        Route.ofApp(HttpMethod.POST, "/api_keys", Access.EDIT, this::create),
        Route.ofApp(HttpMethod.GET, KEY, Access.READ, this::get),
        Route.ofApp(HttpMethod.DELETE, KEY, Access.EDIT, this::delete),
        Route.ofApp(HttpMethod.PUT, KEY + "/enable", Access.EDIT, this::enable),
        Route.ofApp(HttpMethod.PUT, KEY + "/disable", Access.EDIT, this::disable));
  }

  private AdminAnswer list(AdminCall call) {
    return AdminAnswer.json(200, keys(call).stream().map(ServerKeyRoutes::json).toList());
  }

  private List<ApiKey> keys(AdminCall call) {
    return Answers.await(users.get().serverKeys(call.appId()));
  }

  /// The only time that the value is told.
  private AdminAnswer create(AdminCall call) {
    String name = AdminCall.requiredText(call.json(), "name");
    CreatedApiKey made = Answers.granted(users.get().createServerKey(call.appId(), name));
    return AdminAnswer.json(201, json(made.key()).put("key", made.value()));
  }

  private AdminAnswer get(AdminCall call) {
    String id = call.parameter("key");
    return keys(call).stream()
        .filter(key -> key.id().equals(id))
        .findFirst()
        .map(key -> AdminAnswer.json(200, json(key)))
        .orElseThrow(() -> Refusal.notFound("APIKeyNotFound", "API key not found"));
  }

  private AdminAnswer delete(AdminCall call) {
    Answers.granted(users.get().deleteServerKey(call.appId(), call.parameter("key")));
    return AdminAnswer.noContent();
  }

  private AdminAnswer enable(AdminCall call) {
    Answers.granted(users.get().enableServerKey(call.appId(), call.parameter("key")));
    return AdminAnswer.noContent();
  }

  private AdminAnswer disable(AdminCall call) {
    Answers.granted(users.get().disableServerKey(call.appId(), call.parameter("key")));
    return AdminAnswer.noContent();
  }

  private static JsonObject json(ApiKey key) {
    return new JsonObject()
        .put("_id", key.id())
        .put("name", key.name())
        .put("disabled", key.disabled());
  }
}
