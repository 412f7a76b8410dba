package dev.berth.launcher.roles;

import dev.berth.appmodel.AppId;
import dev.berth.appmodel.DeploymentModel;
import dev.berth.catalog.AppCatalog;
import dev.berth.catalog.DeployedApp;
import dev.berth.invocation.bus.Placing;
import org.jspecify.annotations.Nullable;

/// Where apps have to run, as their deployed revisions say.
final class AppHomes {

  private AppHomes() {}

  /// How a process chooses workers.
  static Placing placing(RoleOptions options, AppCatalog catalog) {
    return new Placing(options.workersPerApp(), options.region(), app -> home(catalog, app));
  }

  /// The region that an app is local to; `null` when it is global, or not there.
  private static @Nullable String home(AppCatalog catalog, AppId id) {
    DeployedApp app = catalog.find(id);
    if (app == null || app.definition().deploymentModel() == DeploymentModel.GLOBAL) {
      return null;
    }
    return app.definition().providerRegion();
  }
}
