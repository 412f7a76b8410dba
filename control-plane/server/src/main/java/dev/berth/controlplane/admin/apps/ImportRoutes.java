package dev.berth.controlplane.admin.apps;

import dev.berth.controlplane.admin.http.Access;
import dev.berth.controlplane.admin.http.AdminAnswer;
import dev.berth.controlplane.admin.http.AdminCall;
import dev.berth.controlplane.admin.http.Route;
import dev.berth.controlplane.app.AppWorkspace;
import dev.berth.controlplane.refusal.Refusal;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import java.util.List;
import java.util.Set;

/// Imports: a whole app takes the place of what was there.
public final class ImportRoutes {

  private static final Set<String> STRATEGIES = Set.of("", "replace", "replace-by-name");

  private final AppWorkspace workspace;

  public ImportRoutes(AppWorkspace workspace) {
    this.workspace = workspace;
  }

  public List<Route> routes() {
    return List.of(
        Route.ofApp(HttpMethod.POST, "/import", Access.EDIT, this::replace)
            .answering(204, 200)
            .slow(),
        Route.ofApp(HttpMethod.PATCH, "/push", Access.EDIT, this::replace)
            .answering(204, 200)
            .slow());
  }

  private AdminAnswer replace(AdminCall call) {
    if (!STRATEGIES.contains(call.query("strategy"))) {
      throw Refusal.invalid("unknown import strategy: '" + call.query("strategy") + "'");
    }
    byte[] body = call.request().body().getBytes();
    if (call.query("diff").equals("true")) {
      List<String> differences = workspace.differences(call.ownApp(), body);
      return AdminAnswer.json(200, new JsonArray(differences));
    }
    workspace.replace(call.ownApp(), call.administrator().id(), body);
    return AdminAnswer.noContent();
  }
}
