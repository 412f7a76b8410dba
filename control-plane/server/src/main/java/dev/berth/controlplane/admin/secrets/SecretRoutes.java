package dev.berth.controlplane.admin.secrets;

import dev.berth.appmodel.Secrets;
import dev.berth.controlplane.admin.http.Access;
import dev.berth.controlplane.admin.http.AdminAnswer;
import dev.berth.controlplane.admin.http.AdminCall;
import dev.berth.controlplane.admin.http.Route;
import dev.berth.controlplane.app.SecretChanges;
import dev.berth.controlplane.refusal.Refusal;
import dev.berth.controlplane.secret.AppSecret;
import dev.berth.controlplane.secret.AppSecrets;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/// Secrets: a value that was written is never read here again. A change counts for the calls
/// that begin after it was answered.
public final class SecretRoutes {

  private final AppSecrets secrets;
  private final SecretChanges changes;

  public SecretRoutes(AppSecrets secrets, SecretChanges changes) {
    this.secrets = secrets;
    this.changes = changes;
  }

  public List<Route> routes() {
    return List.of(
        Route.ofApp(HttpMethod.GET, "/secrets", Access.READ, this::list),
        Route.ofApp(HttpMethod.POST, "/secrets", Access.EDIT, this::add),
        Route.ofApp(HttpMethod.PUT, "/secrets/{secret}", Access.EDIT, this::change),
        Route.ofApp(HttpMethod.DELETE, "/secrets/{secret}", Access.EDIT, this::remove));
  }

  private AdminAnswer list(AdminCall call) {
    return AdminAnswer.json(
        200, secrets.list(call.appId()).stream().map(SecretRoutes::json).toList());
  }

  private AdminAnswer add(AdminCall call) {
    JsonObject body = call.json();
    String name = AdminCall.requiredText(body, "name");
    String value = AdminCall.text(body, "value");
    AtomicReference<AppSecret> added = new AtomicReference<>();
    changes.make(
        call.ownApp(),
        before -> before.with(Map.of(name, value)),
        () -> added.set(secrets.add(call.appId(), name, value)));
    return AdminAnswer.json(201, json(added.get()));
  }

  private AdminAnswer change(AdminCall call) {
    JsonObject body = call.json();
    AppSecret known = known(call);
    String name = AdminCall.text(body, "name");
    String value = AdminCall.text(body, "value");
    if (!name.isEmpty() && !name.equals(known.name())) {
      requireUnused(call, known);
    }
    String changed = name.isEmpty() ? known.name() : name;
    changes.make(
        call.ownApp(),
        before -> changed(before, known.name(), changed, value),
        () -> secrets.change(call.appId(), known.id(), changed, value));
    return AdminAnswer.noContent();
  }

  /// A secret without a new value keeps the one it has.
  private static Secrets changed(Secrets before, String oldName, String newName, String value) {
    String kept = value.isEmpty() ? String.valueOf(before.find(oldName)) : value;
    return before.without(oldName).with(Map.of(newName, kept));
  }

  private AdminAnswer remove(AdminCall call) {
    AppSecret known = known(call);
    requireUnused(call, known);
    changes.make(
        call.ownApp(),
        before -> before.without(known.name()),
        () -> secrets.remove(call.appId(), known.id()));
    return AdminAnswer.noContent();
  }

  private AppSecret known(AdminCall call) {
    String id = call.parameter("secret");
    return secrets.list(call.appId()).stream()
        .filter(secret -> secret.id().equals(id))
        .findFirst()
        .orElseThrow(() -> Refusal.notFound(null, "secret not found: \"" + id + "\""));
  }

  /// The app could not be served without it.
  private void requireUnused(AdminCall call, AppSecret secret) {
    if (changes.isNamed(call.ownApp(), secret.name())) {
      throw Refusal.conflict(
          "SecretInUse",
          "the secret \"" + secret.name() + "\" is used by the app as it is deployed");
    }
  }

  private static JsonObject json(AppSecret secret) {
    return new JsonObject().put("_id", secret.id()).put("name", secret.name());
  }
}
