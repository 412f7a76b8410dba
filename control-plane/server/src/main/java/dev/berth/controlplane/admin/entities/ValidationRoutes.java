package dev.berth.controlplane.admin.entities;

import dev.berth.controlplane.admin.http.Access;
import dev.berth.controlplane.admin.http.AdminAnswer;
import dev.berth.controlplane.admin.http.AdminCall;
import dev.berth.controlplane.admin.http.Route;
import dev.berth.controlplane.app.AppRegistry;
import dev.berth.controlplane.app.SecretChanges;
import dev.berth.controlplane.refusal.Refusal;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.UnaryOperator;

/// How the data of an app are validated, as far as its files do not say it. A change is live when
/// it is answered, whatever draft there is.
public final class ValidationRoutes {

  private static final String NULLS = "/validation_settings/null_type_schema_validation";

  private final AppRegistry apps;
  private final SecretChanges changes;

  public ValidationRoutes(AppRegistry apps, SecretChanges changes) {
    this.apps = apps;
    this.changes = changes;
  }

  public List<Route> routes() {
    return List.of(
        Route.ofApp(HttpMethod.GET, NULLS, Access.READ, ValidationRoutes::nulls),
        Route.ofApp(HttpMethod.PUT, NULLS, Access.EDIT, this::setNulls));
  }

  private static AdminAnswer nulls(AdminCall call) {
    return AdminAnswer.json(200, new JsonObject().put("enabled", call.ownApp().nullsAllowed()));
  }

  private AdminAnswer setNulls(AdminCall call) {
    if (!(call.json().getValue("enabled") instanceof Boolean enabled)) {
      throw Refusal.invalid("\"enabled\" must be true or false");
    }
    changes.make(
        call.ownApp(), UnaryOperator.identity(), () -> apps.allowNulls(call.appId(), enabled));
    return AdminAnswer.noContent();
  }
}
