package dev.berth.launcher.roles;

import dev.berth.appmodel.packages.PackageStore;
import dev.berth.catalog.AppCatalog;
import dev.berth.catalog.InMemoryAppCatalog;
import dev.berth.catalog.bus.CatalogSignal;
import dev.berth.controlplane.DeploymentChecks;
import dev.berth.controlplane.follow.StoredCatalog;
import dev.berth.controlplane.packages.Npm;
import dev.berth.controlplane.packages.PackageIntake;
import dev.berth.controlplane.refusal.Refusal;
import dev.berth.controlplane.secret.Vault;
import dev.berth.controlplane.secret.WrongMasterKeyException;
import dev.berth.controlplane.store.ControlPlaneDatabase;
import dev.berth.controlplane.store.NewerSchemaException;
import dev.berth.launcher.appcode.AppCode;
import dev.berth.launcher.appcode.QueuedGuestLog;
import dev.berth.launcher.console.Console;
import dev.berth.launcher.console.StartFailure;
import dev.berth.launcher.database.Database;
import dev.berth.launcher.dev.Shutdown;
import dev.berth.launcher.dev.Shutdown.Part;
import dev.berth.worker.WorkerMetrics;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;

/// The apps that the control plane has stored, as a process of any role reads them: with the
/// checks and the packages that its roles need. Blocks wherever it asks the database.
final class StoredApps {

  private final RoleOptions options;
  private final Shutdown shutdown;
  private final ControlPlaneDatabase store;
  private final PackageIntake packages;
  private final DeploymentChecks checks;

  private StoredApps(
      RoleOptions options, Shutdown shutdown, ControlPlaneDatabase store, PackageIntake packages) {
    this.options = options;
    this.shutdown = shutdown;
    this.store = store;
    this.packages = packages;
    this.checks = newChecks();
  }

  /// Opens the store, without reading it.
  ///
  /// @param shutdown what it has to close is added there
  /// @throws StartFailure when the database does not answer, or is of a later version
  static StoredApps open(
      RoleOptions options, Console console, Vertx vertx, Database database, Shutdown shutdown)
      throws StartFailure {
    var packages =
        new PackageIntake(
            packageStore(options),
            Npm.ofThisMachine(),
            root -> console.say("Installing the packages of " + root + " with npm"),
            options.server().outbound()::allows);
    return new StoredApps(options, shutdown, openStore(vertx, database, shutdown), packages);
  }

  private static ControlPlaneDatabase openStore(Vertx vertx, Database database, Shutdown shutdown)
      throws StartFailure {
    try {
      ControlPlaneDatabase store = ControlPlaneDatabase.open(vertx, database.connectionString());
      shutdown.add(Part.APP_STORE, store::close);
      return store;
    } catch (Refusal noAnswer) {
      throw new StartFailure(
          "cannot use %s: %s".formatted(database.description(), noAnswer.text()));
    } catch (NewerSchemaException newer) {
      throw new StartFailure(String.valueOf(newer.getMessage()));
    }
  }

  /// Where the packages of apps are on this machine.
  static PackageStore packageStore(RoleOptions options) {
    return PackageStore.in(options.server().data().resolve("packages"));
  }

  /// The control plane checks syntax and data sources; a gateway reads no packages, for it runs
  /// nothing.
  private DeploymentChecks newChecks() {
    if (options.has(Role.CONTROL_PLANE)) {
      AppCode syntax = startSyntax();
      return new DeploymentChecks(
          List.of((definition, _) -> syntax.syntaxProblems(definition)),
          packages::take,
          (appId, dataSource) -> options.server().dataSources().link(appId, dataSource) != null);
    }
    return options.has(Role.WORKER)
        ? new DeploymentChecks(List.of(), packages::take, (_, _) -> true)
        : new DeploymentChecks(List.of());
  }

  /// Looks whether functions are JavaScript; it runs none.
  private AppCode startSyntax() {
    AppCode code =
        AppCode.start(
            new InMemoryAppCatalog(),
            QueuedGuestLog.before(_ -> {}),
            options.server().limits(),
            options.server().outbound(),
            packageStore(options),
            WorkerMetrics.NONE);
    shutdown.add(Part.APP_CODE, () -> code.stop(options.drain()));
    return code;
  }

  /// Reads all apps into a catalog, and looks there again whenever the signal is given.
  ///
  /// @throws StartFailure when the secrets cannot be read with this master key, or the database
  /// does not answer
  void follow(Vault vault, InMemoryAppCatalog catalog, CatalogSignal signal) throws StartFailure {
    try {
      vault.claim(store);
      StoredCatalog stored =
          StoredCatalog.of(
              store,
              vault,
              checks,
              options.server().limits().quota(),
              catalog,
              InstantSource.system());
      shutdown.add(Part.FOLDER_WATCHER, stored::close);
      stored.follow();
      signal.follow(stored::lookNow);
    } catch (WrongMasterKeyException wrong) {
      throw new StartFailure(String.valueOf(wrong.getMessage()));
    } catch (Refusal noAnswer) {
      throw new StartFailure("the apps cannot be read from the database: " + noAnswer.text());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new StartFailure("stopped while it started");
    }
  }

  /// Removes from this machine what no app of the catalog requires.
  void removeUnusedPackages(AppCatalog catalog) {
    packages.clean(
        catalog.all().stream().map(app -> app.definition().packages()).collect(Collectors.toSet()));
  }

  ControlPlaneDatabase store() {
    return store;
  }

  DeploymentChecks checks() {
    return checks;
  }

  PackageIntake packages() {
    return packages;
  }
}
