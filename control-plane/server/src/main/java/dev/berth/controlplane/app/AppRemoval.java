package dev.berth.controlplane.app;

import dev.berth.appmodel.AppId;
import dev.berth.controlplane.refusal.Refusal;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The end of apps. An app is hidden first; then everything goes that was kept of it, and only
/// then is the removal over. One that was interrupted begins again, so that nothing is left.
public final class AppRemoval {

  private static final Logger LOG = LoggerFactory.getLogger(AppRemoval.class);

  private final AppRegistry apps;
  private final LiveApps live;
  private final AppLocks locks;
  private final List<Belongings> belongings;

  /// @param belongings what is kept of apps, in the order in which it goes
  public AppRemoval(AppRegistry apps, LiveApps live, AppLocks locks, List<Belongings> belongings) {
    this.apps = apps;
    this.live = live;
    this.locks = locks;
    this.belongings = List.copyOf(belongings);
  }

  /// Something that is kept of apps.
  @FunctionalInterface
  public interface Belongings {

    /// Removes all of it that is of an app. May be asked again after a failure.
    void removeAll(AppId appId);
  }

  /// Takes an app away from its callers, and everything that is kept of it. Nobody ever gets its
  /// App ID again.
  public void remove(RegisteredApp asked) {
    asked.requireOwnFiles();
    locks.alone(asked.appId(), () -> removed(asked));
  }

  private AppId removed(RegisteredApp asked) {
    RegisteredApp app = apps.current(asked);
    if (!apps.beginRemoval(app)) {
      throw Refusal.notFound("AppNotFound", "app not found: '" + app.internalId() + "'");
    }
    live.withdraw(app.appId());
    purge(app.appId());
    return app.appId();
  }

  /// Ends every removal that was interrupted.
  public void resume() {
    for (AppId appId : apps.beingRemoved()) {
      try {
        purge(appId);
      } catch (RuntimeException failure) {
        LOG.atWarn()
            .setCause(failure)
            .addKeyValue("appId", appId)
            .log("what is left of a removed app cannot be removed now");
      }
    }
  }

  private void purge(AppId appId) {
    belongings.forEach(each -> each.removeAll(appId));
    apps.endRemoval(appId);
    LOG.atInfo().addKeyValue("appId", appId).log("app removed");
  }
}
