package dev.berth.controlplane.follow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.DeploymentModel;
import dev.berth.appmodel.Secrets;
import dev.berth.appmodel.bundle.AppBundle;
import dev.berth.appmodel.region.Placement;
import dev.berth.catalog.DeployedApp;
import dev.berth.catalog.InMemoryAppCatalog;
import dev.berth.controlplane.DeploymentChecks;
import dev.berth.controlplane.EmbeddedMongo;
import dev.berth.controlplane.LocalTenant;
import dev.berth.controlplane.app.AccessList;
import dev.berth.controlplane.app.AppLocks;
import dev.berth.controlplane.app.AppRegistry;
import dev.berth.controlplane.app.AppRemoval;
import dev.berth.controlplane.app.AppTerms;
import dev.berth.controlplane.app.AppWorkspace;
import dev.berth.controlplane.app.BundleChecks;
import dev.berth.controlplane.app.BundleStore;
import dev.berth.controlplane.app.Candidate;
import dev.berth.controlplane.app.Cause;
import dev.berth.controlplane.app.DeploymentHistory;
import dev.berth.controlplane.app.DraftFiles;
import dev.berth.controlplane.app.Drafts;
import dev.berth.controlplane.app.LiveApps;
import dev.berth.controlplane.app.Moves;
import dev.berth.controlplane.app.NewApp;
import dev.berth.controlplane.app.RegisteredApp;
import dev.berth.controlplane.app.Releases;
import dev.berth.controlplane.app.Revisions;
import dev.berth.controlplane.app.SecretChanges;
import dev.berth.controlplane.app.TermChanges;
import dev.berth.controlplane.secret.AppSecrets;
import dev.berth.controlplane.secret.MasterKey;
import dev.berth.controlplane.secret.Vault;
import dev.berth.controlplane.secret.WaitingSecrets;
import dev.berth.controlplane.store.ControlPlaneDatabase;
import dev.berth.controlplane.tenant.Quota;
import dev.berth.controlplane.tenant.Tenants;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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
  private AppRemoval removal;
  private SecretChanges secretChanges;
  private AccessList accessList;
  private TermChanges termChanges;
  private Moves moves;
  private CatalogVersion version;

  @BeforeEach
  void open() {
    InstantSource clock = InstantSource.system();
    server = EmbeddedMongo.in(folder);
    database = ControlPlaneDatabase.open(vertx, server.connectionString());
    apps = AppRegistry.in(database, clock, 10);
    secrets = AppSecrets.in(database, vault);
    version = CatalogVersion.in(database);
    BundleStore bundles = BundleStore.in(database, clock);
    Revisions revisions = Revisions.in(database, clock);
    DeploymentHistory history = DeploymentHistory.in(database, clock);
    WaitingSecrets waiting = WaitingSecrets.in(database, vault, clock);
    BundleChecks checks = new BundleChecks(CHECKS);
    AppLocks locks = new AppLocks();
    Drafts drafts = Drafts.in(database, clock);
    accessList = AccessList.in(database);
    AppTerms terms = new AppTerms(apps, Tenants.in(database), accessList, Quota.none());
    LiveApps live =
        new LiveApps(apps, revisions, bundles, secrets, checks, terms, _ -> version.grow());
    releases =
        new Releases(
            apps, bundles, revisions, history, secrets, waiting, checks, terms, live, locks);
    // Whoever stores a change need not serve the app.
    termChanges = new TermChanges(apps, live, new InMemoryAppCatalog(), locks);
    moves =
        new Moves(
            apps,
            live,
            new AppWorkspace(releases, new DraftFiles(drafts, waiting, bundles, live, releases)),
            drafts,
            locks);
    removal = new AppRemoval(apps, live, locks, List.of(revisions::removeAll));
    secretChanges = new SecretChanges(apps, secrets, live, checks, locks);
  }

  @AfterEach
  void close() {
    database.close();
    server.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private StoredCatalog following() throws InterruptedException {
    StoredCatalog stored =
        StoredCatalog.of(database, vault, CHECKS, Quota.none(), followed, InstantSource.system());
    stored.follow();
    return stored;
  }

  private RegisteredApp deployed(String name) {
    RegisteredApp app = apps.add(LocalTenant.PROJECT, NewApp.of(name, Placement.USUAL, "", null));
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
    assertThat(releases.deploy(app, Candidate.of(files), Cause.importing("somebody")))
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
  void anErrorWhileAnAppIsReadDoesNotEndTheLooking() throws Exception {
    AtomicInteger looks = new AtomicInteger();
    DeploymentChecks failing =
        new DeploymentChecks(
            List.of(
                (_, _) -> {
                  if (looks.getAndIncrement() == 0) {
                    throw new StackOverflowError();
                  }
                  return List.of();
                }));
    try (StoredCatalog stored =
        StoredCatalog.of(
            database, vault, failing, Quota.none(), followed, InstantSource.system())) {
      stored.follow();

      RegisteredApp app = deployed("shop");

      await(() -> served(app) == 1);
      assertThat(looks).hasValueGreaterThan(1);
    }
  }

  @Test
  void aRemovalThatNobodyToldOfIsNotLost() throws Exception {
    RegisteredApp app = deployed("shop");
    try (StoredCatalog _ = following()) {
      removal.remove(app);

      await(() -> served(app) == 0);
    }
  }

  @Test
  void aChangedSecretIsServed() throws Exception {
    RegisteredApp app = deployed("shop");
    try (StoredCatalog _ = following()) {
      secretChanges.make(
          app,
          _ -> Secrets.of(Map.of("key", "value")),
          () -> secrets.put(app.appId(), "key", "value"));

      await(
          () -> {
            DeployedApp found = followed.find(app.appId());
            return found != null && "value".equals(found.secrets().find("key"));
          });
    }
  }

  @Test
  void aMoveIsServed() throws Exception {
    RegisteredApp app = deployed("shop");
    Placement elsewhere = new Placement(DeploymentModel.LOCAL, "aws-eu-west-1");
    try (StoredCatalog _ = following()) {
      moves.move(app, elsewhere, "somebody");

      await(
          () -> {
            DeployedApp found = followed.find(app.appId());
            return found != null && Placement.of(found.definition()).equals(elsewhere);
          });
    }
  }

  @Test
  void changedTermsAreServedUnderTheSameRevision() throws Exception {
    RegisteredApp app = deployed("shop");
    try (StoredCatalog _ = following()) {
      String entry = "5f0000000000000000000000";
      termChanges.make(app, () -> accessList.remove(app.appId(), entry));
      version.grow();
      await(() -> !admitsEverybody(app));

      termChanges.make(app, () -> accessList.open(app.appId()));
      version.grow();

      await(() -> admitsEverybody(app));
      assertThat(served(app)).isEqualTo(1);
    }
  }

  /// Its process died between making the app and opening it.
  @Test
  void anAppOfWhoseListNothingWasSaidIsOpen() throws Exception {
    RegisteredApp app = deployed("shop");
    try (StoredCatalog _ = following()) {
      await(() -> admitsEverybody(app));
    }
  }

  private boolean admitsEverybody(RegisteredApp app) {
    DeployedApp found = followed.find(app.appId());
    return found != null && found.terms().admitEverybody();
  }
}
