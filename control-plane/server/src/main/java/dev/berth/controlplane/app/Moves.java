package dev.berth.controlplane.app;

import dev.berth.appmodel.bundle.AppBundle;
import dev.berth.appmodel.document.AppDocument;
import dev.berth.appmodel.document.AppExport;
import dev.berth.appmodel.json.Json;
import dev.berth.appmodel.region.Placement;
import dev.berth.controlplane.refusal.Refusal;

/// Puts apps into another region, or makes local ones of global ones and the other way round.
/// Their drafts are lost, as they say where the app was. Blocks.
public final class Moves {

  private final AppRegistry apps;
  private final LiveApps live;
  private final AppWorkspace workspace;
  private final Drafts drafts;
  private final AppLocks locks;

  public Moves(
      AppRegistry apps, LiveApps live, AppWorkspace workspace, Drafts drafts, AppLocks locks) {
    this.apps = apps;
    this.live = live;
    this.workspace = workspace;
    this.drafts = drafts;
    this.locks = locks;
  }

  /// Moves an app. It is where it was when this throws.
  public void move(RegisteredApp asked, Placement to, String administratorId) {
    asked.requireOwnFiles();
    locks.alone(asked.appId(), () -> moved(asked, to, administratorId));
  }

  private RegisteredApp moved(RegisteredApp asked, Placement to, String administratorId) {
    RegisteredApp app = apps.current(asked);
    if (to.equals(app.placement())) {
      throw Refusal.invalid("the app is " + to + " already");
    }
    apps.move(app, to);
    try {
      if (live.digest(app.appId()).isPresent()) {
        workspace.requireLive(
            workspace.change(app, files -> saying(files, to), Cause.migration(administratorId)));
      }
    } catch (RuntimeException failure) {
      apps.moveFailed(app, to);
      throw failure;
    }
    drafts.removeAll(app.appId());
    return apps.current(app);
  }

  /// The same files, the root of which says where the app is.
  private static AppBundle saying(AppBundle files, Placement to) {
    AppExport.Read read = AppWorkspace.read(files);
    AppDocument before = read.document();
    AppDocument moved =
        before
            .with(before.content().without("location"))
            .with("provider_region", new Json.Text(to.region()))
            .with("deployment_model", new Json.Text(to.model().name()));
    return AppWorkspace.taken(AppExport.bundle(moved, read.layout()));
  }
}
