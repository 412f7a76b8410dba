package dev.berth.controlplane.admin;

import dev.berth.appmodel.region.ServedRegions;
import dev.berth.controlplane.LocalTenant;
import dev.berth.controlplane.admin.apps.AppJson;
import dev.berth.controlplane.admin.apps.AppRoutes;
import dev.berth.controlplane.admin.apps.DependencyRoutes;
import dev.berth.controlplane.admin.apps.DescriptionRoute;
import dev.berth.controlplane.admin.apps.DraftRoutes;
import dev.berth.controlplane.admin.apps.ExportRoute;
import dev.berth.controlplane.admin.apps.HostingRoutes;
import dev.berth.controlplane.admin.apps.ImportRoutes;
import dev.berth.controlplane.admin.apps.MigrationRoutes;
import dev.berth.controlplane.admin.atlas.AtlasRoutes;
import dev.berth.controlplane.admin.audit.AuditLog;
import dev.berth.controlplane.admin.auth.AuthRoutes;
import dev.berth.controlplane.admin.entities.EntityRoutes;
import dev.berth.controlplane.admin.entities.SettingRoutes;
import dev.berth.controlplane.admin.entities.ValidationRoutes;
import dev.berth.controlplane.admin.functions.FunctionRoutes;
import dev.berth.controlplane.admin.gate.DigestAuthentication;
import dev.berth.controlplane.admin.gate.Gate;
import dev.berth.controlplane.admin.gate.LocalAccess;
import dev.berth.controlplane.admin.http.OpenApi;
import dev.berth.controlplane.admin.http.Route;
import dev.berth.controlplane.admin.logs.LogRoutes;
import dev.berth.controlplane.admin.logs.MeasurementRoutes;
import dev.berth.controlplane.admin.organizations.AdministratorRoutes;
import dev.berth.controlplane.admin.organizations.OrganizationRoutes;
import dev.berth.controlplane.admin.organizations.QuotaRoutes;
import dev.berth.controlplane.admin.secrets.SecretRoutes;
import dev.berth.controlplane.admin.security.AccessListRoutes;
import dev.berth.controlplane.admin.security.RefreshTokenRoutes;
import dev.berth.controlplane.admin.users.RegistrationRoutes;
import dev.berth.controlplane.admin.users.ServerKeyRoutes;
import dev.berth.controlplane.admin.users.UserRoutes;
import dev.berth.controlplane.app.AccessList;
import dev.berth.controlplane.app.AppLocks;
import dev.berth.controlplane.app.AppRegistry;
import dev.berth.controlplane.app.AppRemoval;
import dev.berth.controlplane.app.AppTerms;
import dev.berth.controlplane.app.AppWorkspace;
import dev.berth.controlplane.app.BundleChecks;
import dev.berth.controlplane.app.BundleStore;
import dev.berth.controlplane.app.DeploymentHistory;
import dev.berth.controlplane.app.DraftFiles;
import dev.berth.controlplane.app.Drafts;
import dev.berth.controlplane.app.LiveApps;
import dev.berth.controlplane.app.Moves;
import dev.berth.controlplane.app.Releases;
import dev.berth.controlplane.app.Revisions;
import dev.berth.controlplane.app.SecretChanges;
import dev.berth.controlplane.app.StagedPackages;
import dev.berth.controlplane.app.TermChanges;
import dev.berth.controlplane.logs.LogStore;
import dev.berth.controlplane.logs.UsageStore;
import dev.berth.controlplane.secret.AppSecrets;
import dev.berth.controlplane.secret.Vault;
import dev.berth.controlplane.secret.WaitingSecrets;
import dev.berth.controlplane.session.AdminSessions;
import dev.berth.controlplane.store.ControlPlaneDatabase;
import dev.berth.controlplane.tenant.Administrators;
import dev.berth.controlplane.tenant.Grant;
import dev.berth.controlplane.tenant.NewKey;
import dev.berth.controlplane.tenant.Tenants;
import dev.berth.identity.password.Passwords;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The control plane of an installation: everything that administrators do, and the apps that
/// they deployed. Opening, resuming and closing block.
public final class ControlPlane implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ControlPlane.class);
  private static final Duration USAGE_KEPT = Duration.ofDays(92);

  private final ControlPlaneDatabase database;
  private final Passwords passwords;
  private final ExecutorService background;
  private final Tenants tenants;
  private final Administrators administrators;
  private final AppSecrets secrets;
  private final Drafts drafts;
  private final Releases releases;
  private final LiveApps live;
  private final AppRemoval removal;
  private final WaitingSecrets waiting;
  private final DependencyRoutes dependencies;
  private final LogStore logs;
  private final Duration logsKept;
  private final UsageStore usage;
  private final AdminSessions sessions;
  private final AdminApi api;

  private ControlPlane(
      ControlPlaneDatabase database, Passwords passwords, Vault vault, Surroundings around) {
    InstantSource clock = around.clock();
    this.database = database;
    this.passwords = passwords;
    this.background = Executors.newFixedThreadPool(2, Thread.ofPlatform().name("admin-").factory());
    this.tenants = Tenants.in(database);
    this.administrators = Administrators.in(database, vault, passwords, clock);
    this.secrets = AppSecrets.in(database, vault);
    this.drafts = Drafts.in(database, clock);
    AppRegistry apps = AppRegistry.in(database, clock, around.settings().appsPerProject());
    BundleStore bundles = BundleStore.in(database, clock);
    DeploymentHistory history = DeploymentHistory.in(database, clock);
    this.waiting = WaitingSecrets.in(database, vault, clock);
    Revisions revisions = Revisions.in(database, clock);
    BundleChecks checks = new BundleChecks(around.checks());
    AppLocks locks = new AppLocks();
    AccessList accessList = AccessList.in(database);
    AppTerms terms = new AppTerms(apps, tenants, accessList, around.settings().quota());
    this.live =
        new LiveApps(apps, revisions, bundles, secrets, checks, terms, around.announcement());
    this.releases =
        new Releases(
            apps, bundles, revisions, history, secrets, waiting, checks, terms, live, locks);
    SecretChanges secretChanges = new SecretChanges(apps, secrets, live, checks, locks);
    TermChanges termChanges = new TermChanges(apps, live, around.catalog(), locks);
    DraftFiles draftFiles = new DraftFiles(drafts, waiting, bundles, live, releases);
    AppWorkspace workspace = new AppWorkspace(releases, draftFiles);
    StagedPackages packages = new StagedPackages(around.intake(), around.packages());
    this.dependencies =
        new DependencyRoutes(database, workspace, packages, around.catalog(), background);
    ServedRegions regions = around.settings().regions();
    AppJson json = new AppJson(regions, around.catalog());
    this.logs = LogStore.in(database, clock);
    this.logsKept = around.settings().logsKept();
    this.usage = UsageStore.in(database, clock);
    this.removal =
        new AppRemoval(
            apps,
            live,
            locks,
            List.of(
                drafts::removeAll,
                waiting::removeAll,
                revisions::removeAll,
                history::removeAll,
                secrets::removeAll,
                dependencies::removeAll,
                accessList::removeAll,
                appId -> await(around.users().get().removeAll(appId)),
                logs::removeAll,
                usage::removeAll));
    this.sessions =
        AdminSessions.in(database, administrators, vault, around.settings().sessionLife(), clock);
    around.logs().writeTo(logs, usage);
    AuditLog audit = AuditLog.in(database, clock);
    LocalAccess local = local(around.settings());
    Gate gate =
        new Gate(
            sessions, tenants, apps, local, new DigestAuthentication(administrators, local, clock));
    List<Route> routes =
        Stream.of(
                new AuthRoutes(administrators, sessions, tenants, local, clock).routes(),
                new AtlasRoutes(tenants).routes(),
                new AppRoutes(apps, terms, json, removal, accessList::open).routes(),
                new MigrationRoutes(apps, new Moves(apps, live, workspace, drafts, locks), regions)
                    .routes(),
                new DescriptionRoute(around.catalog(), json).routes(),
                new ImportRoutes(workspace).routes(),
                new ExportRoute(workspace, clock).routes(),
                new DraftRoutes(workspace, drafts, draftFiles, history, releases).routes(),
                Route.deploying(new EntityRoutes(workspace).routes()),
                Route.deploying(new SettingRoutes(workspace).routes()),
                Route.deploying(new ValidationRoutes(apps, secretChanges).routes()),
                new HostingRoutes().routes(),
                dependencies.routes(),
                Route.deploying(new SecretRoutes(secrets, secretChanges).routes()),
                new UserRoutes(around.users()).routes(),
                new RegistrationRoutes(around.users(), around.accounts(), around.catalog())
                    .routes(),
                new ServerKeyRoutes(around.users()).routes(),
                new FunctionRoutes(
                        workspace,
                        around.catalog(),
                        around.invoker(),
                        around.logs(),
                        around.accounts(),
                        around.settings().functionTimeLimit())
                    .routes(),
                new AccessListRoutes(accessList, termChanges).routes(),
                new RefreshTokenRoutes(apps, termChanges, around.identity()).routes(),
                new LogRoutes(logs).routes(),
                new MeasurementRoutes(usage, apps, clock).routes(),
                new OrganizationRoutes(tenants, administrators, apps).routes(),
                new AdministratorRoutes(tenants, administrators).routes(),
                new QuotaRoutes(tenants, apps, terms, termChanges).routes(),
                audit.routes())
            .flatMap(List::stream)
            .toList();
    this.api = new AdminApi(OpenApi.served(routes), gate, audit);
  }

  /// Opens the control plane.
  ///
  /// @param connectionString a `mongodb:` or `mongodb+srv:` URI
  /// @throws dev.berth.controlplane.refusal.Refusal when the database does not answer
  /// @throws dev.berth.controlplane.secret.WrongMasterKeyException when the secrets in the
  /// database are encrypted with another key
  public static ControlPlane open(
      Vertx vertx, String connectionString, Vault vault, Surroundings around) {
    ControlPlaneDatabase database = ControlPlaneDatabase.open(vertx, connectionString);
    try {
      vault.claim(database);
      if (vault.hasEarlierKeys()) {
        rotate(database, vault);
      }
      Passwords passwords =
          Passwords.open(vertx, around.identity()).toCompletionStage().toCompletableFuture().join();
      ControlPlane opened = new ControlPlane(database, passwords, vault, around);
      // Before anybody serves an app of a folder that has an App ID again.
      opened.removal.resume();
      return opened;
    } catch (RuntimeException failure) {
      database.close();
      throw failure;
    }
  }

  /// Encrypts everything again under the key of a vault that seals now. Nobody else may have the
  /// database open who does not know that key. One that was interrupted goes on when it is asked
  /// for again. Blocks.
  ///
  /// @param vault with the keys before
  /// @return how much was encrypted under another key
  public static int rotate(Vertx vertx, String connectionString, Vault vault) {
    try (ControlPlaneDatabase database = ControlPlaneDatabase.open(vertx, connectionString)) {
      vault.claim(database);
      return rotate(database, vault);
    }
  }

  private static int rotate(ControlPlaneDatabase database, Vault vault) {
    int again =
        AppSecrets.in(database, vault).rotate()
            + WaitingSecrets.in(database, vault, InstantSource.system()).rotate()
            + Administrators.rotate(database, vault)
            + AdminSessions.rotate(database, vault);
    LOG.atInfo().addKeyValue("values", again).log("encrypted again under the master key");
    return again;
  }

  private LocalAccess local(ControlPlaneSettings settings) {
    if (!settings.localAccess()) {
      administrators.removeLocal();
    }
    return settings.localAccess()
        ? LocalAccess.as(
            administrators.local(List.of(Grant.ownerOfOrganization(LocalTenant.ORGANIZATION))))
        : LocalAccess.none();
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }

  /// Makes the first administrator, who owns the first organization; empty when there is one.
  public Optional<NewKey> firstAdministrator() {
    return administrators.areNone()
        ? Optional.of(
            administrators.addKey(List.of(Grant.ownerOfOrganization(LocalTenant.ORGANIZATION))))
        : Optional.empty();
  }

  /// Ends what the last process began, and serves the apps that were deployed before.
  public void resume() {
    dependencies.resume();
    releases.resume();
    live.resume();
    keepHouse();
  }

  /// Removes what has run out or is needed by nobody; worth doing once an hour.
  public void keepHouse() {
    HouseKeeping.of(
            removal::resume,
            () -> releases.clean(drafts),
            () -> waiting.retain(drafts.secrets()),
            () -> logs.removeOlderThan(logsKept),
            () -> usage.removeOlderThan(USAGE_KEPT),
            sessions::removeExpired)
        .run();
  }

  public Tenants tenants() {
    return tenants;
  }

  public Administrators administrators() {
    return administrators;
  }

  public AppSecrets secrets() {
    return secrets;
  }

  public AdminApi api() {
    return api;
  }

  @Override
  public void close() {
    background.shutdownNow();
    passwords.close().toCompletionStage().toCompletableFuture().join();
    database.close();
  }
}
