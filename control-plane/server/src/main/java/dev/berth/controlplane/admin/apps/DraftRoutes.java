package dev.berth.controlplane.admin.apps;

import dev.berth.controlplane.admin.http.Access;
import dev.berth.controlplane.admin.http.AdminAnswer;
import dev.berth.controlplane.admin.http.AdminCall;
import dev.berth.controlplane.admin.http.Route;
import dev.berth.controlplane.app.AppWorkspace;
import dev.berth.controlplane.app.Cause;
import dev.berth.controlplane.app.DeploymentHistory;
import dev.berth.controlplane.app.Draft;
import dev.berth.controlplane.app.DraftFiles;
import dev.berth.controlplane.app.Drafts;
import dev.berth.controlplane.app.PastDeployment;
import dev.berth.controlplane.app.PastDeployment.Status;
import dev.berth.controlplane.app.Releases;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Drafts and deployments.
public final class DraftRoutes {

  private final AppWorkspace workspace;
  private final Drafts drafts;
  private final DraftFiles files;
  private final DeploymentHistory history;
  private final Releases releases;

  public DraftRoutes(
      AppWorkspace workspace,
      Drafts drafts,
      DraftFiles files,
      DeploymentHistory history,
      Releases releases) {
    this.workspace = workspace;
    this.drafts = drafts;
    this.files = files;
    this.history = history;
    this.releases = releases;
  }

  public List<Route> routes() {
    return List.of(
        Route.ofApp(HttpMethod.POST, "/drafts", Access.EDIT, this::open),
        Route.ofApp(HttpMethod.GET, "/drafts", Access.READ, this::list),
        Route.ofApp(HttpMethod.GET, "/drafts/{draft}/diff", Access.READ, this::diff),
        Route.ofApp(HttpMethod.DELETE, "/drafts/{draft}", Access.EDIT, this::discard),
        Route.ofApp(HttpMethod.POST, "/drafts/{draft}/deployment", Access.EDIT, this::deploy)
            .slow(),
        Route.ofApp(HttpMethod.GET, "/deployments", Access.READ, this::deployments),
        Route.ofApp(HttpMethod.GET, "/deployments/{deployment}", Access.READ, this::deployment),
        Route.ofApp(
                HttpMethod.POST, "/deployments/{deployment}/redeploy", Access.EDIT, this::redeploy)
            .answering(204)
            .slow(),
        Route.ofApp(HttpMethod.GET, "/deploy/config", Access.READ, _ -> settings()),
        Route.ofApp(HttpMethod.PATCH, "/deploy/config", Access.EDIT, _ -> AdminAnswer.noContent()));
  }

  private AdminAnswer open(AdminCall call) {
    Draft draft = drafts.open(call.appId(), call.administrator().id());
    return AdminAnswer.json(201, new JsonObject().put("_id", draft.id()));
  }

  private AdminAnswer list(AdminCall call) {
    return AdminAnswer.json(
        200,
        drafts.find(call.appId(), call.administrator().id()).stream()
            .map(draft -> new JsonObject().put("_id", draft.id()))
            .toList());
  }

  private AdminAnswer diff(AdminCall call) {
    List<String> differences =
        workspace.differences(call.ownApp(), workspace.files(call.ownApp(), own(call)));
    JsonObject nothing =
        new JsonObject()
            .put("added", new JsonArray())
            .put("deleted", new JsonArray())
            .put("modified", new JsonArray());
    return AdminAnswer.json(
        200,
        new JsonObject()
            .put("diffs", new JsonArray(differences))
            .put("hosting_files_diff", nothing)
            .put("dependencies_diff", nothing.copy())
            .put("graphql_config_diff", new JsonObject().put("field_diffs", new JsonArray()))
            .put(
                "schema_options_diff",
                new JsonObject()
                    .put("graphql_validation_diff", new JsonArray())
                    .put("rest_validation_diff", new JsonArray())));
  }

  private AdminAnswer discard(AdminCall call) {
    files.discard(call.appId(), own(call));
    return AdminAnswer.noContent();
  }

  /// A deployment that fails leaves the draft, so that it can be mended.
  private AdminAnswer deploy(AdminCall call) {
    Draft draft = own(call);
    Cause cause = Cause.draft(call.administrator().id(), draft.id(), name(call));
    String id =
        switch (workspace.deploy(call.ownApp(), draft, cause)) {
          case Releases.Live(String deployment, _) -> deployment;
          case Releases.Failed(String deployment, _) -> deployment;
        };
    return AdminAnswer.json(201, json(history.require(call.appId(), id), call));
  }

  private static @Nullable String name(AdminCall call) {
    if (call.request().body().length() == 0) {
      return null;
    }
    String name = AdminCall.text(call.json(), "name");
    return name.isEmpty() ? null : name;
  }

  private Draft own(AdminCall call) {
    return drafts.require(call.appId(), call.administrator().id(), call.parameter("draft"));
  }

  private AdminAnswer deployments(AdminCall call) {
    return AdminAnswer.json(
        200, history.list(call.appId()).stream().map(each -> json(each, call)).toList());
  }

  private AdminAnswer deployment(AdminCall call) {
    return AdminAnswer.json(
        200, json(history.require(call.appId(), call.parameter("deployment")), call));
  }

  private AdminAnswer redeploy(AdminCall call) {
    PastDeployment past = history.require(call.appId(), call.parameter("deployment"));
    workspace.requireLive(releases.redeploy(call.ownApp(), past, call.administrator().id()));
    return AdminAnswer.noContent();
  }

  private static JsonObject json(PastDeployment deployment, AdminCall call) {
    return new JsonObject()
        .put("_id", deployment.id())
        .put("name", deployment.name())
        .put("app_id", call.ownApp().internalId())
        .put("draft_id", deployment.draftId())
        .put("user_id", deployment.administratorId())
        .put("deployed_at", deployment.at().getEpochSecond())
        .put("origin", deployment.origin())
        .put("commit", "")
        .put("status", deployment.status().wireName())
        .put(
            "status_error_message", deployment.status() == Status.FAILED ? deployment.error() : "");
  }

  /// Berth deploys when it is told to.
  private static AdminAnswer settings() {
    return AdminAnswer.json(
        200,
        new JsonObject()
            .put("ui_drafts_disabled", true)
            .put("automatic_deployment", new JsonObject().put("enabled", false))
            .put("last_modified", 0));
  }
}
