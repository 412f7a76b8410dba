package dev.berth.gateway.route;

import dev.berth.appmodel.AppId;
import dev.berth.catalog.AppCatalog;
import dev.berth.catalog.DeployedApp;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/// The routes of every live app, kept in step with the catalog. Safe from any thread.
///
/// Keyed by the text of the App ID, so that the request path neither validates nor allocates one:
/// text that is no App ID is simply not there.
public final class AppRouting {

  private final AppCatalog catalog;
  private final Quota usual;
  private final ConcurrentMap<String, AppRoutes> byAppId = new ConcurrentHashMap<>();
  private final Runnable endSubscription;

  private AppRouting(AppCatalog catalog, Quota usual) {
    this.catalog = catalog;
    this.usual = usual;
    this.endSubscription = catalog.onChange(change -> refresh(change.appId()));
  }

  /// Starts to follow a catalog; what is live already is there when this returns.
  ///
  /// @param usual what each app gets where its terms say nothing
  public static AppRouting following(AppCatalog catalog, Quota usual) {
    AppRouting routing = new AppRouting(catalog, usual);
    catalog.all().forEach(app -> routing.refresh(app.id()));
    return routing;
  }

  /// The routes of a live app, or `null` when there is no such app.
  public @Nullable AppRoutes find(String appId) {
    return byAppId.get(appId);
  }

  public void stopFollowing() {
    endSubscription.run();
  }

  /// Asks the catalog again instead of trusting the announcement: two announcements may arrive in
  /// either order, but whichever refresh comes last has seen both.
  private void refresh(AppId id) {
    byAppId.compute(
        id.value(),
        (key, previous) -> {
          DeployedApp app = catalog.find(id);
          return app == null ? null : AppRoutes.of(app, usual, previous);
        });
  }
}
