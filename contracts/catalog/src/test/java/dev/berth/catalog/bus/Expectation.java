package dev.berth.catalog.bus;

import dev.berth.appmodel.AppId;
import dev.berth.catalog.AppChange;
import dev.berth.catalog.DeployedApp;
import dev.berth.catalog.InMemoryAppCatalog;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Waits until a catalog says of an app what it should.
final class Expectation {

  private Expectation() {}

  static void removed(InMemoryAppCatalog catalog, String app) {
    await(catalog, app, found -> found == null);
  }

  static DeployedApp revision(InMemoryAppCatalog catalog, String app, long revision) {
    await(catalog, app, found -> found != null && found.revision().number() == revision);
    DeployedApp found = catalog.find(new AppId(app));
    if (found == null) {
      throw new AssertionError(app + " was there and went away");
    }
    return found;
  }

  private static void await(
      InMemoryAppCatalog catalog, String app, Predicate<@Nullable DeployedApp> condition) {
    AppId id = new AppId(app);
    CompletableFuture<Void> met = new CompletableFuture<>();
    Runnable check =
        () -> {
          if (condition.test(catalog.find(id))) {
            met.complete(null);
          }
        };
    Runnable unsubscribe = catalog.onChange((AppChange _) -> check.run());
    check.run();
    met.orTimeout(10, TimeUnit.SECONDS).join();
    unsubscribe.run();
  }
}
