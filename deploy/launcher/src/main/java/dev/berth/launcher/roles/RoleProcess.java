package dev.berth.launcher.roles;

import dev.berth.catalog.AppCatalog;
import dev.berth.catalog.AppChange;
import dev.berth.catalog.InMemoryAppCatalog;
import dev.berth.catalog.bus.CatalogSignal;
import dev.berth.controlplane.follow.CatalogVersion;
import dev.berth.controlplane.secret.Vault;
import dev.berth.gateway.Gateway;
import dev.berth.gateway.listener.SideDoor;
import dev.berth.invocation.Invoker;
import dev.berth.invocation.bus.InvocationBus;
import dev.berth.launcher.appcode.Blocking;
import dev.berth.launcher.breaker.AppBreaker;
import dev.berth.launcher.breaker.BreakerInvoker;
import dev.berth.launcher.breaker.LoggedBreaks;
import dev.berth.launcher.cluster.Cluster;
import dev.berth.launcher.console.BaseUrl;
import dev.berth.launcher.console.Console;
import dev.berth.launcher.console.StartFailure;
import dev.berth.launcher.database.Database;
import dev.berth.launcher.database.EmbeddedDatabase;
import dev.berth.launcher.database.ExternalDatabase;
import dev.berth.launcher.dev.DevAccounts;
import dev.berth.launcher.dev.DevAdministration;
import dev.berth.launcher.dev.DevOptions;
import dev.berth.launcher.dev.Listening;
import dev.berth.launcher.dev.Measuring;
import dev.berth.launcher.dev.Shutdown;
import dev.berth.launcher.dev.Shutdown.Part;
import dev.berth.launcher.settings.MasterKeyFile;
import dev.berth.launcher.tracing.Tracing;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Everything that makes up one process of a cluster, in the order in which it starts.
///
/// What apps there are each process reads from the store, and looks there again when it hears
/// that something was deployed; so none needs a control plane to start or to go on.
public final class RoleProcess {

  private static final Duration PATIENCE = Duration.ofSeconds(40);

  /// How long a gateway that starts waits until it has heard of a worker.
  private static final Duration FIRST_WORKER = Duration.ofSeconds(10);

  private static final long POLL_MS = 50;

  private final Shutdown shutdown = new Shutdown();
  private final AtomicBoolean ready = new AtomicBoolean();
  private final AppBreaker breaker = AppBreaker.steady(new LoggedBreaks());
  private final DevAdministration administration = new DevAdministration();
  private final RoleOptions options;
  private final Console console;
  private final Measuring measuring;
  private final Tracing tracing;
  private final DevAccounts accounts;
  private @Nullable Vertx running;
  private @Nullable Gateway serving;

  private RoleProcess(RoleOptions options, Console console) throws StartFailure {
    this.options = options;
    this.console = console;
    DevOptions server = options.server();
    this.measuring = new Measuring(server.host(), server.metricsPort(), ready::get);
    this.tracing = Tracing.to(server.traces(), serviceOf(options));
    shutdown.add(Part.DATABASE, tracing::close);
    measuring.measure(tracing);
    this.accounts =
        new DevAccounts(
            server.limits().identity(), server.mail(), server.outbound()::allows, console);
    try {
      start();
    } catch (StartFailure | RuntimeException | Error failure) {
      shutdown.run();
      throw failure;
    }
  }

  /// A process of several roles is named after the one that others meet first.
  private static String serviceOf(RoleOptions options) {
    return "berth-" + Collections.min(options.roles()).spelling();
  }

  /// Starts everything and returns when the process does what it is for. Blocks.
  ///
  /// @throws StartFailure when the operator can mend it; whatever had started is stopped again
  public static RoleProcess start(RoleOptions options, Console console) throws StartFailure {
    return new RoleProcess(options, console);
  }

  private void start() throws StartFailure {
    Database database = openDatabase();
    if (options.isDatabaseAlone()) {
      Vertx vertx = Cluster.alone();
      shutdown.add(Part.VERTX, () -> Blocking.await(vertx.close(), PATIENCE));
      serve(vertx, () -> true);
      return;
    }
    Vault vault =
        options.has(Role.CONTROL_PLANE)
            ? MasterKeyFile.in(options.server().data(), System.getenv(), console)
            : MasterKeyFile.existing(options.server().data(), System.getenv());
    Cluster cluster = join();
    Vertx vertx = cluster.vertx();
    var catalog = new InMemoryAppCatalog();
    InvocationBus bus = InvocationBus.on(vertx, AppHomes.placing(options, catalog));
    bus.hearOfWorkers();
    cluster.onWorkerGone(bus::workerIsGone);
    bus.news().follow(breaker::strike, administration::printed);
    measuring.measure(breaker);
    measuring.measure(administration);

    measuring.measure(catalog);
    catalog.onChange(breaker::hear);
    StoredApps apps = StoredApps.open(options, console, vertx, database, shutdown);
    CatalogSignal signal = CatalogSignal.on(vertx);
    apps.follow(vault, catalog, signal);

    if (options.has(Role.GATEWAY) || options.has(Role.CONTROL_PLANE)) {
      Listening listening = listen(cluster, bus, catalog);
      Blocking.await(
          accounts.open(listening, catalog, database, options.server().dataSources()), PATIENCE);
      shutdown.add(Part.APP_STORE, () -> Blocking.await(accounts.close(), PATIENCE));
      if (options.has(Role.CONTROL_PLANE)) {
        administer(listening, apps, catalog, signal, database);
      } else {
        administration.writeLogs(apps.store());
      }
      shutdown.add(Part.APP_STORE, administration::close);
    }
    if (options.has(Role.WORKER)) {
      apps.removeUnusedPackages(catalog);
      new WorkerPart(options, console, measuring, shutdown).start(cluster, bus, catalog, database);
    } else if (options.has(Role.GATEWAY)) {
      awaitWorker(bus, vertx);
    }
    boolean isGatewayAlone = options.has(Role.GATEWAY) && !options.has(Role.CONTROL_PLANE);
    serve(vertx, isGatewayAlone ? bus::knowsAny : () -> true);
  }

  private Database openDatabase() throws StartFailure {
    String uri = options.server().mongodbUri();
    Database database =
        options.has(Role.EMBEDDED_MONGODB) || uri == null
            ? EmbeddedDatabase.open(options.server().data(), options.mongodbPort())
            : ExternalDatabase.at(uri);
    shutdown.add(Part.DATABASE, database::close);
    return database;
  }

  private Cluster join() throws StartFailure {
    Cluster cluster = Joining.usual().into(options.membership());
    running = cluster.vertx();
    shutdown.add(Part.VERTX, () -> Blocking.await(cluster.vertx().close(), PATIENCE));
    Neighbours.requireUnderstood(cluster);
    return cluster;
  }

  private Listening listen(Cluster cluster, InvocationBus bus, AppCatalog catalog)
      throws StartFailure {
    DevOptions server = options.server();
    boolean serves = options.has(Role.GATEWAY);
    int port = serves ? server.port() : options.adminPort();
    Vertx vertx = cluster.vertx();
    Invoker invoker =
        tracing.calls(
            administration.logged(new BreakerInvoker(breaker, measuring.measured(bus.invoker()))));
    SideDoor sideDoor = options.has(Role.CONTROL_PLANE) ? administration.sideDoor(vertx) : null;
    try {
      Gateway gateway =
          Blocking.await(
              Gateway.start(
                  vertx,
                  server.limits().gateway(server.host(), port, options.drain()).with(server.door()),
                  serves ? catalog : new InMemoryAppCatalog(),
                  invoker,
                  accounts::accounts,
                  sideDoor,
                  ready::get,
                  tracing.requests(
                      administration.logged(measuring.requestMetrics(server.limits(), catalog)))),
              PATIENCE);
      serving = gateway;
      shutdown.add(
          Part.GATEWAY,
          () -> Blocking.await(gateway.stop(), options.drain().plus(Duration.ofSeconds(5))));
      var url = new BaseUrl(server.door().scheme(), server.host(), gateway.actualPort());
      console.say((serves ? "Apps at " : "Administrators at ") + url);
      return new Listening(vertx, bus, invoker, gateway, null);
    } catch (CompletionException e) {
      throw Listening.failed(server.host(), port, serves ? "port" : "admin-port", e);
    }
  }

  private void administer(
      Listening listening,
      StoredApps apps,
      InMemoryAppCatalog catalog,
      CatalogSignal signal,
      Database database)
      throws StartFailure {
    CatalogVersion version = CatalogVersion.in(apps.store());
    AtomicBoolean resumed = new AtomicBoolean();
    Consumer<AppChange> announcement =
        change -> {
          catalog.apply(change);
          if (resumed.get()) {
            version.grow();
            signal.give();
          }
        };
    administration.open(
        listening,
        announcement,
        catalog,
        database,
        options.server(),
        accounts,
        apps.checks(),
        apps.packages(),
        console);
    administration.resume();
    // What a control plane that died had stored and told nobody.
    version.grow();
    signal.give();
    resumed.set(true);
  }

  private void awaitWorker(InvocationBus bus, Vertx vertx) {
    long until = System.nanoTime() + FIRST_WORKER.toNanos();
    while (!bus.knowsAny() && System.nanoTime() - until < 0) {
      Blocking.await(vertx.timer(POLL_MS, TimeUnit.MILLISECONDS), PATIENCE);
    }
    if (!bus.knowsAny()) {
      console.complain("No worker is there yet: calls are answered with 503 until one comes");
    }
  }

  /// @param useful whether requests can be answered; `/health` says so from when they once could
  private void serve(Vertx vertx, BooleanSupplier useful) throws StartFailure {
    running = vertx;
    BaseUrl measured = measuring.listen(vertx);
    if (measured != null) {
      console.say("Metrics: " + measured + "/metrics");
    }
    ready.set(useful.getAsBoolean());
    if (!ready.get()) {
      vertx.setPeriodic(
          POLL_MS,
          timer -> {
            if (useful.getAsBoolean()) {
              vertx.cancelTimer(timer);
              ready.set(true);
            }
          });
    }
    console.say(
        "Ready as "
            + options.roles().stream()
                .sorted()
                .map(Role::spelling)
                .collect(Collectors.joining(", ")));
  }

  /// Says that it leaves, lets calls in flight end, then stops everything. Blocks until it is
  /// done.
  public void stop() {
    Vertx vertx = running;
    Gateway gateway = serving;
    if (gateway != null && vertx != null && !options.leaveAfter().isZero()) {
      gateway.leave();
      Blocking.await(
          vertx.timer(options.leaveAfter().toMillis(), TimeUnit.MILLISECONDS),
          options.leaveAfter().plus(PATIENCE));
    }
    if (gateway == null) {
      ready.set(false);
    }
    shutdown.run();
  }
}
