package dev.berth.controlplane.admin.apps;

import static dev.berth.controlplane.store.DocumentCollection.byId;
import static dev.berth.controlplane.store.DocumentCollection.set;
import static dev.berth.controlplane.store.DocumentCollection.where;

import dev.berth.appmodel.AppId;
import dev.berth.appmodel.Packages;
import dev.berth.appmodel.Problem;
import dev.berth.appmodel.bundle.AppBundle;
import dev.berth.appmodel.packages.PackageDifferences;
import dev.berth.catalog.AppCatalog;
import dev.berth.catalog.DeployedApp;
import dev.berth.controlplane.admin.http.Access;
import dev.berth.controlplane.admin.http.AdminAnswer;
import dev.berth.controlplane.admin.http.AdminCall;
import dev.berth.controlplane.admin.http.Multipart;
import dev.berth.controlplane.admin.http.Route;
import dev.berth.controlplane.app.AppWorkspace;
import dev.berth.controlplane.app.Cause;
import dev.berth.controlplane.app.RegisteredApp;
import dev.berth.controlplane.app.Releases;
import dev.berth.controlplane.app.StagedPackages;
import dev.berth.controlplane.refusal.Refusal;
import dev.berth.controlplane.store.ControlPlaneDatabase;
import dev.berth.controlplane.store.DocumentCollection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The npm packages of apps. They are installed after the answer, and a client asks until that
/// is done; what was live before is live until then, and after a failure.
public final class DependencyRoutes {

  private static final Logger LOG = LoggerFactory.getLogger(DependencyRoutes.class);
  private static final String RUNNING = "created";
  private static final String DONE = "successful";
  private static final String FAILED = "failed";

  private final AppWorkspace workspace;
  private final StagedPackages packages;
  private final AppCatalog catalog;
  private final DocumentCollection states;
  private final Executor background;

  /// @param background installs packages, for minutes
  public DependencyRoutes(
      ControlPlaneDatabase database,
      AppWorkspace workspace,
      StagedPackages packages,
      AppCatalog catalog,
      Executor background) {
    this.states = database.collection("dependency_installations");
    this.workspace = workspace;
    this.packages = packages;
    this.catalog = catalog;
    this.background = background;
  }

  /// Ends what a process that is gone had begun.
  public void resume() {
    states.updateAll(
        where("status", RUNNING),
        set(new JsonObject().put("status", FAILED).put("message", "Berth was stopped meanwhile")));
  }

  /// Forgets an app that is gone.
  public void removeAll(AppId appId) {
    states.removeAll(byId(appId.value()));
  }

  public List<Route> routes() {
    return List.of(
        Route.ofApp(HttpMethod.PUT, "/dependencies", Access.EDIT, this::install).slow(),
        Route.ofApp(HttpMethod.GET, "/dependencies", Access.READ, this::list),
        Route.ofApp(HttpMethod.GET, "/dependencies/status", Access.READ, this::status),
        Route.ofApp(HttpMethod.POST, "/dependencies/diff", Access.EDIT, this::diff)
            .answering(200)
            .slow(),
        Route.ofApp(
                HttpMethod.GET, "/dependencies/archive", Access.READ, call -> download(call, true))
            .slow(),
        Route.ofApp(
                HttpMethod.GET, "/dependencies/export", Access.READ, call -> download(call, false))
            .slow());
  }

  private AdminAnswer install(AdminCall call) {
    RegisteredApp app = call.ownApp();
    Multipart.Part upload = Multipart.file(call.request());
    // Refuses what is none before the answer.
    DependencyFiles.replaced(workspace.current(app), upload);
    state(app.appId(), RUNNING, "processing request");
    Cause cause = Cause.dependencies(call.administrator().id());
    background.execute(() -> install(app, upload, cause));
    return AdminAnswer.noContent();
  }

  private void install(RegisteredApp app, Multipart.Part upload, Cause cause) {
    try {
      switch (workspace.change(app, files -> DependencyFiles.replaced(files, upload), cause)) {
        case Releases.Live _ -> state(app.appId(), DONE, "");
        case Releases.Failed failed -> state(app.appId(), FAILED, failed.text());
      }
    } catch (Refusal refusal) {
      state(app.appId(), FAILED, refusal.text());
    } catch (RuntimeException bug) {
      LOG.atError().setCause(bug).addKeyValue("appId", app.appId()).log("cannot install packages");
      state(app.appId(), FAILED, "an internal error of Berth");
    }
  }

  private void state(AppId appId, String status, String message) {
    states.upsert(
        byId(appId.value()), set(new JsonObject().put("status", status).put("message", message)));
  }

  private AdminAnswer status(AdminCall call) {
    JsonObject state =
        states
            .find(byId(call.appId().value()))
            .orElse(new JsonObject().put("status", DONE).put("message", ""));
    return AdminAnswer.json(
        200,
        new JsonObject()
            .put("status", state.getString("status"))
            .put("status_message", state.getString("message")));
  }

  private AdminAnswer list(AdminCall call) {
    JsonArray list = new JsonArray();
    packages
        .versions(live(call))
        .forEach(
            (name, version) ->
                list.add(new JsonObject().put("name", name).put("version", version)));
    return AdminAnswer.json(
        200,
        new JsonObject()
            .put("_id", call.ownApp().internalId())
            .put("location", call.ownApp().placement().location())
            .put("dependencies_list", list));
  }

  private Packages live(AdminCall call) {
    DeployedApp app = catalog.find(call.appId());
    return app == null ? Packages.none() : app.definition().packages();
  }

  private AdminAnswer diff(AdminCall call) {
    AppBundle files =
        DependencyFiles.replaced(workspace.current(call.ownApp()), Multipart.file(call.request()));
    StagedPackages.Staged staged = packages.stage(files);
    List<Problem> errors = staged.problems().stream().filter(Problem::isError).toList();
    if (!errors.isEmpty()) {
      throw Refusal.invalid(String.join("\n", errors.stream().map(Problem::toString).toList()));
    }
    PackageDifferences differences =
        PackageDifferences.between(
            packages.versions(live(call)), packages.versions(staged.packages()));
    return AdminAnswer.json(
        200,
        new JsonObject()
            .put("added", installed(differences.added()))
            .put("deleted", installed(differences.deleted()))
            .put("modified", modified(differences)));
  }

  private static JsonArray installed(List<PackageDifferences.Installed> packages) {
    return new JsonArray(
        packages.stream()
            .map(each -> new JsonObject().put("name", each.name()).put("version", each.version()))
            .toList());
  }

  private static JsonArray modified(PackageDifferences differences) {
    return new JsonArray(
        differences.modified().stream()
            .map(
                each ->
                    new JsonObject()
                        .put("name", each.name())
                        .put("version", each.version())
                        .put("previous_version", each.previousVersion()))
            .toList());
  }

  /// Clients that pull an app fail when there is nothing here.
  private AdminAnswer download(AdminCall call, boolean archiveFirst) {
    AppBundle files = workspace.current(call.ownApp());
    String name = DependencyFiles.name(files, archiveFirst);
    byte[] content = name == null ? null : DependencyFiles.content(files, name);
    return name == null || content == null
        ? AdminAnswer.file(
            "application/json",
            DependencyFiles.MANIFEST,
            "{\"dependencies\":{}}\n".getBytes(StandardCharsets.UTF_8))
        : AdminAnswer.file("application/octet-stream", name, content);
  }
}
