package dev.berth.catalog;

import dev.berth.appmodel.AppId;

/// What the control plane announces: the only two things that can happen to an app.
public sealed interface AppChange {

  AppId appId();

  /// A revision is live; calls that begin from now on run on it.
  record Deployed(DeployedApp app) implements AppChange {
    @Override
    public AppId appId() {
      return app.id();
    }
  }

  /// The app is gone.
  record Removed(AppId appId) implements AppChange {}
}
