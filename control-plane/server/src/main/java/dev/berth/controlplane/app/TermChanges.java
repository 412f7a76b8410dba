package dev.berth.controlplane.app;

import dev.berth.catalog.AppCatalog;
import dev.berth.catalog.DeployedApp;
import dev.berth.controlplane.refusal.Refusal;

/// Changes of how much an app may use, and of who may call it. It is served on the new terms at
/// once, and its revision stays. Blocks.
public final class TermChanges {

  private final AppRegistry apps;
  private final LiveApps live;
  private final AppCatalog catalog;
  private final AppLocks locks;

  /// @param catalog what is live in this process
  public TermChanges(AppRegistry apps, LiveApps live, AppCatalog catalog, AppLocks locks) {
    this.apps = apps;
    this.live = live;
    this.catalog = catalog;
    this.locks = locks;
  }

  /// Makes a change.
  ///
  /// @param change of its quota, or of the addresses that may call it
  /// @throws Refusal when the app is served from a folder
  public void make(RegisteredApp asked, Runnable change) {
    if (asked.fromFolder()) {
      throw Refusal.conflict(
          "AppServedFromFolder",
          "the app " + asked.appId() + " is served from a folder, and everybody may call it");
    }
    locks.alone(asked.appId(), () -> made(asked, change));
  }

  private RegisteredApp made(RegisteredApp asked, Runnable change) {
    RegisteredApp app = apps.current(asked);
    // A new number before the change, should this process die after it, and one after it for
    // those who follow and have looked in between.
    apps.termsChanged(app.appId());
    change.run();
    apps.termsChanged(app.appId());
    RegisteredApp changed = apps.current(app);
    DeployedApp served = catalog.find(app.appId());
    if (served != null) {
      live.announceTerms(changed, served);
    }
    return changed;
  }
}
