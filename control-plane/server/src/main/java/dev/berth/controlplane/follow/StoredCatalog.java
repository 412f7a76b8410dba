package dev.berth.controlplane.follow;

import dev.berth.catalog.InMemoryAppCatalog;
import dev.berth.controlplane.DeploymentChecks;
import dev.berth.controlplane.app.AccessList;
import dev.berth.controlplane.app.AppRegistry;
import dev.berth.controlplane.app.AppTerms;
import dev.berth.controlplane.app.BundleChecks;
import dev.berth.controlplane.app.BundleStore;
import dev.berth.controlplane.app.LiveApps;
import dev.berth.controlplane.app.Revisions;
import dev.berth.controlplane.refusal.Refusal;
import dev.berth.controlplane.secret.AppSecrets;
import dev.berth.controlplane.secret.Vault;
import dev.berth.controlplane.store.ControlPlaneDatabase;
import dev.berth.controlplane.tenant.Quota;
import dev.berth.controlplane.tenant.Tenants;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the catalog of a process as the store says. It looks into one small document every
/// second, at everything when that has changed, and at everything once a minute all the same; so
/// no lost message is a lost deployment. While the store is away, what was known goes on being
/// served. Everything happens on one thread of its own.
public final class StoredCatalog implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StoredCatalog.class);

  private static final Duration PERIOD = Duration.ofSeconds(1);
  private static final long EVERYTHING_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final CatalogVersion version;
  private final LiveApps apps;
  private final InMemoryAppCatalog catalog;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("berth-catalog").daemon().factory());

  // Only the one thread touches these.
  private long seen = -1;
  private long comparedNanos;
  private boolean away;

  private StoredCatalog(CatalogVersion version, LiveApps apps, InMemoryAppCatalog catalog) {
    this.version = version;
    this.apps = apps;
    this.catalog = catalog;
  }

  /// The stored apps, for a catalog that nothing else changes but who stored the change.
  ///
  /// @param vault opens the secrets of the apps
  /// @param checks what an app is read with
  /// @param quota of organizations and apps of which nothing else is said
  public static StoredCatalog of(
      ControlPlaneDatabase database,
      Vault vault,
      DeploymentChecks checks,
      Quota quota,
      InMemoryAppCatalog catalog,
      InstantSource clock) {
    AppRegistry registry = AppRegistry.in(database, clock, Integer.MAX_VALUE);
    AppTerms terms = new AppTerms(registry, Tenants.in(database), AccessList.in(database), quota);
    LiveApps apps =
        new LiveApps(
            registry,
            Revisions.in(database, clock),
            BundleStore.in(database, clock),
            AppSecrets.in(database, vault),
            new BundleChecks(checks),
            terms,
            catalog::apply);
    return new StoredCatalog(CatalogVersion.in(database), apps, catalog);
  }

  /// Reads everything, and follows from then on. Blocks until it has.
  ///
  /// @throws Refusal when the database does not answer
  public void follow() throws InterruptedException {
    try {
      thread.submit(this::compare).get();
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof Refusal refusal) {
        throw refusal;
      }
      throw new IllegalStateException("the stored apps cannot be read", failure.getCause());
    }
    var _ =
        thread.scheduleWithFixedDelay(
            this::look, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// Looks soon, because something is said to be new. Does not block.
  public void lookNow() {
    try {
      thread.execute(this::look);
    } catch (RejectedExecutionException closed) {
      LOG.atDebug().log("nothing is looked at any more");
    }
  }

  private void look() {
    try {
      if (version.read() != seen || System.nanoTime() - comparedNanos > EVERYTHING_NANOS) {
        compare();
      }
      if (away) {
        LOG.atInfo().log("the store of apps answers again");
      }
      away = false;
    } catch (Throwable failure) {
      // Whatever left this method would end the looking, and nobody would notice.
      if (!away) {
        LOG.atError()
            .setCause(failure)
            .log("the store of apps does not answer; what is known goes on being served");
      }
      away = true;
    }
  }

  private void compare() {
    // Before the apps: what is stored while they are read makes another number.
    long now = version.read();
    apps.announceDifferences(catalog);
    comparedNanos = System.nanoTime();
    seen = now;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
