package dev.berth.controlplane.follow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.bundle.AppBundle;
import dev.berth.catalog.DeployedApp;
import dev.berth.catalog.InMemoryAppCatalog;
import dev.berth.controlplane.DeploymentChecks;
import dev.berth.controlplane.EmbeddedMongo;
import dev.berth.controlplane.LocalTenant;
import dev.berth.controlplane.app.AppRegistry;
import dev.berth.controlplane.app.BundleStore;
import dev.berth.controlplane.app.Cause;
import dev.berth.controlplane.app.DeploymentHistory;
import dev.berth.controlplane.app.NewApp;
import dev.berth.controlplane.app.RegisteredApp;
import dev.berth.controlplane.app.Releases;
import dev.berth.controlplane.app.Revisions;
import dev.berth.controlplane.secret.AppSecrets;
import dev.berth.controlplane.secret.MasterKey;
import dev.berth.controlplane.secret.Vault;
import dev.berth.controlplane.store.ControlPlaneDatabase;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process that hears nothing of what another one deploys, and learns of it all the same.
class StoredCatalogTest {

  private static final DeploymentChecks CHECKS = new DeploymentChecks(List.of());

  @TempDir private Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final Vault vault = new Vault(MasterKey.parse(MasterKey.generate()), List.of());
  private final InMemoryAppCatalog followed = new InMemoryAppCatalog();
  private EmbeddedMongo server;
  private ControlPlaneDatabase database;
  private AppRegistry apps;
  private AppSecrets secrets;
  private Releases releases;
  private CatalogVersion version;

  @BeforeEach
  void open() {
    InstantSource clock = InstantSource.system();
    server = EmbeddedMongo.in(folder);
    database = ControlPlaneDatabase.open(vertx, server.connectionString());
    apps = AppRegistry.in(database, clock, 10);
    secrets = AppSecrets.in(database, vault);
    version = CatalogVersion.in(database);
    releases =
        new Releases(
            apps,
            BundleStore.in(database, clock),
            Revisions.in(database, clock),
            DeploymentHistory.in(database, clock),
            secrets,
            CHECKS,
            _ -> version.grow());
  }

  @AfterEach
  void close() {
    database.close();
    server.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private StoredCatalog following() throws InterruptedException {
    StoredCatalog stored =
        StoredCatalog.of(database, vault, CHECKS, followed, InstantSource.system());
    stored.follow();
    return stored;
  }

  private RegisteredApp deployed(String name) {
    RegisteredApp app = apps.add(LocalTenant.PROJECT, NewApp.of(name, "", "", "", null));
    deploy(app, "1");
    return app;
  }

  private void deploy(RegisteredApp app, String value) {
    AppBundle files =
        AppBundle.of(
            Map.of(
                "root_config.json",
                ("{\"name\": \"" + app.name() + "\"}").getBytes(UTF_8),
                "values/a.json",
                ("{\"name\": \"a\", \"value\": " + value + ", \"from_secret\": false}")
                    .getBytes(UTF_8)));
    assertThat(releases.deploy(app, files, Cause.importing("somebody")))
        .isInstanceOf(Releases.Live.class);
  }

  private long served(RegisteredApp app) {
    DeployedApp found = followed.find(app.appId());
    return found == null ? 0 : found.revision().number();
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Test
  void whatWasDeployedBeforeIsThereAtOnce() throws Exception {
    RegisteredApp app = deployed("shop");

    try (StoredCatalog _ = following()) {
      assertThat(served(app)).isEqualTo(1);
    }
  }

  @Test
  void aDeploymentThatNobodyToldOfIsNotLost() throws Exception {
    RegisteredApp app = deployed("shop");
    try (StoredCatalog _ = following()) {
      RegisteredApp second = deployed("second");
      deploy(app, "2");

      await(() -> served(app) == 2 && served(second) == 1);
    }
  }

  @Test
  void aRemovalThatNobodyToldOfIsNotLost() throws Exception {
    RegisteredApp app = deployed("shop");
    try (StoredCatalog _ = following()) {
      releases.remove(app);

      await(() -> served(app) == 0);
    }
  }

  @Test
  void anAppThatWasMadeAgainIsServedThoughItsRevisionsBeginAnew() throws Exception {
    RegisteredApp app = deployed("shop");
    deploy(app, "2");
    try (StoredCatalog _ = following()) {
      releases.remove(app);
      RegisteredApp again =
          apps.add(LocalTenant.PROJECT, NewApp.of("shop", "", "", "", app.appId().value()));
      deploy(again, "3");

      await(() -> served(app) == 1);
    }
  }

  @Test
  void aChangedSecretIsServed() throws Exception {
    RegisteredApp app = deployed("shop");
    try (StoredCatalog _ = following()) {
      releases.withSecrets(app, () -> secrets.put(app.appId(), "key", "value"));

      await(
          () -> {
            DeployedApp found = followed.find(app.appId());
            return found != null && "value".equals(found.secrets().find("key"));
          });
    }
  }
}
