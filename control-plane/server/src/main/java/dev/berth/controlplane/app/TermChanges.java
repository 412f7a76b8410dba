package dev.berth.controlplane.app;

import dev.berth.appmodel.AppId;
import dev.berth.catalog.AppCatalog;
import dev.berth.catalog.DeployedApp;
import dev.berth.controlplane.refusal.Refusal;
import java.util.List;
import java.util.Optional;

/// Changes of how much an app may use, of who may call it, and of how long its users stay signed
/// in. It is served on the new terms at once, and its revision stays. Blocks.
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
  /// @param change of its quota, the addresses that may call it, or the life of sessions
  /// @throws Refusal when the app is served from a folder
  public void make(RegisteredApp asked, Runnable change) {
    if (asked.fromFolder()) {
      throw Refusal.conflict(
          "AppServedFromFolder",
          "the app " + asked.appId() + " is served from a folder, on the terms that all apps have");
    }
    locks.alone(asked.appId(), () -> made(asked, change));
  }

  /// Makes a change that is about all apps of some projects. Those from folders have no terms.
  public void makeOfAll(List<String> projects, Runnable change) {
    // As for one app, but in two steps for all: no app can be left out, whenever this process dies.
    apps.termsChanged(projects);
    change.run();
    apps.termsChanged(projects);
    for (String project : projects) {
      apps.list(project).stream()
          .filter(app -> !app.fromFolder())
          .forEach(app -> locks.alone(app.appId(), () -> announce(app.appId())));
    }
  }

  private Optional<DeployedApp> announce(AppId appId) {
    Optional<RegisteredApp> app = apps.find(appId);
    Optional<DeployedApp> served = Optional.ofNullable(catalog.find(appId));
    // Either may be gone meanwhile.
    app.ifPresent(known -> served.ifPresent(live -> this.live.announceTerms(known, live)));
    return served;
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
