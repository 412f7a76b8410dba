package dev.berth.launcher.dev;

import com.mongodb.MongoTimeoutException;
import dev.berth.catalog.InMemoryAppCatalog;
import dev.berth.controlplane.DeploymentChecks;
import dev.berth.controlplane.Deployments;
import dev.berth.controlplane.MongoAppStore;
import dev.berth.controlplane.packages.Npm;
import dev.berth.controlplane.packages.PackageIntake;
import dev.berth.gateway.Gateway;
import dev.berth.invocation.bus.InvocationBus;
import dev.berth.jsruntime.JsCompiler;
import dev.berth.launcher.appcode.AppCode;
import dev.berth.launcher.appcode.Blocking;
import dev.berth.launcher.breaker.AppBreaker;
import dev.berth.launcher.breaker.BreakerInvoker;
import dev.berth.launcher.breaker.LoggedBreaks;
import dev.berth.launcher.cluster.Cluster;
import dev.berth.launcher.console.BaseUrl;
import dev.berth.launcher.console.Console;
import dev.berth.launcher.console.Console.ServedApp;
import dev.berth.launcher.console.StartFailure;
import dev.berth.launcher.database.Database;
import dev.berth.launcher.database.EmbeddedDatabase;
import dev.berth.launcher.database.ExternalDatabase;
import dev.berth.launcher.dev.Shutdown.Part;
import dev.berth.launcher.tracing.Tracing;
import dev.berth.launcher.watch.FolderWatcher;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Everything that makes up `berth dev`, in the order in which it starts.
///
/// Nothing but the apps' packages is written before every app is read and checked and the port is
/// ours, so a start that fails leaves no other trace.
public final class DevServer {

  /// Long enough for an editor that writes a file in several steps, too short to notice.
  private static final Duration QUIET = Duration.ofMillis(100);

  /// A developer who presses Ctrl-C does not want to wait for a call that hangs.
  static final Duration DRAIN = Duration.ofSeconds(10);

  /// For what normally takes milliseconds, and seconds when a database far away does not answer.
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final Shutdown shutdown = new Shutdown();
  private final AppBreaker breaker = AppBreaker.steady(new LoggedBreaks());
  private final DevOptions options;
  private final Console console;
  private final BaseUrl url;
  private final Measuring measuring;
  private final Tracing tracing;
  private final AppCodeHost host;
  private final DevAccounts accounts;
  private final DevAdministration administration = new DevAdministration();

  private DevServer(DevOptions options, Console console) throws StartFailure {
    this.options = options;
    this.console = console;
    this.measuring = new Measuring(options.host(), options.metricsPort());
    this.tracing = Tracing.to(options.traces(), "berth");
    shutdown.add(Part.DATABASE, tracing::close);
    measuring.measure(tracing);
    measuring.measure(breaker);
    measuring.measure(administration);
    this.host = new AppCodeHost(options, console, shutdown, measuring, breaker, administration);
    this.accounts =
        new DevAccounts(
            options.limits().identity(), options.mail(), options.outbound()::allows, console);
    try {
      this.url = start();
    } catch (StartFailure | RuntimeException | Error failure) {
      shutdown.run();
      throw failure;
    }
  }

  /// Starts everything and returns when requests are served.
  ///
  /// @throws StartFailure when the developer can mend it; whatever had started is stopped again
  public static DevServer start(DevOptions options, Console console) throws StartFailure {
    return new DevServer(options, console);
  }

  private BaseUrl start() throws StartFailure {
    String uri = options.mongodbUri();
    ExternalDatabase external = uri == null ? null : ExternalDatabase.at(uri);
    var mode =
        JavaScriptMode.choose(options.javaScript(), options.workerCount(), JsCompiler.here());
    // Watching begins before reading, so that no change falls between the two.
    List<AppFolder> folders = AppFolder.all(options.folders());
    FolderWatcher watcher = folders.isEmpty() ? null : watch(folders);

    // What runs app code, what listens, and reading the apps: none waits for another to begin.
    var catalog = new InMemoryAppCatalog();
    measuring.measure(catalog);
    var ready = new AtomicBoolean();
    CompletableFuture<AppCode> runs =
        shutdown.awaiting(Blocking.begin("start-worker", () -> host.start(catalog)));
    CompletableFuture<Listening> listens =
        shutdown.awaiting(Blocking.begin("start-gateway", () -> listen(catalog, ready)));
    var packages =
        new PackageIntake(
            options.packages(), Npm.ofThisMachine(), this::installing, options.outbound()::allows);
    CompletableFuture<DeploymentChecks> checks =
        runs.thenApply(code -> AppCodeHost.checksOf(code, packages, options.dataSources()));
    var admission = new Admission(checks, options.secrets());
    List<CheckedApp> apps = admission.admit(folders);
    Listening listening = Blocking.finish(listens);

    Vertx vertx = listening.vertx();
    Database database = openDatabase(external);
    AppCode code = runs.join();
    CompletableFuture<Boolean> interpreted =
        host.serve(listening, catalog, code, database, mode.jvmOptions());
    MongoAppStore store = openStore(vertx, database);
    Blocking.await(accounts.open(listening, catalog, database, options.dataSources()), PATIENCE);
    shutdown.add(Part.APP_STORE, () -> Blocking.await(accounts.close(), PATIENCE));
    administration.open(
        listening,
        catalog::apply,
        catalog,
        database,
        options,
        accounts,
        checks.join(),
        packages,
        console);
    shutdown.add(Part.APP_STORE, administration::close);
    var deployments = new Deployments(store, checks.join(), catalog::apply);
    var reload = new LiveReload(admission, deployments, console);
    List<ServedApp> served = deployAll(apps, deployments, reload);
    administration.resume();
    packages.clean(
        catalog.all().stream()
            .map(each -> each.definition().packages())
            .collect(Collectors.toSet()));
    var appCode = new AppCodeRuns(options.workerCount(), mode.text(AppCodeHost.await(interpreted)));
    BaseUrl measured = measuring.listen(vertx);
    ready.set(true);
    if (watcher != null) {
      watcher.start(reload::changed);
    }

    BaseUrl reached =
        new BaseUrl(options.door().scheme(), options.host(), listening.gateway().actualPort());
    if (options.signIn()) {
      console.serving(reached, catalog.all().size(), database.description());
      return reached;
    }
    console.started(
        reached, served, database.description(), appCode.text(), measured, sinceProcessStart());
    return reached;
  }

  private void installing(Path root) {
    console.say("Installing the packages of " + root + " with npm");
  }

  private FolderWatcher watch(List<AppFolder> folders) throws StartFailure {
    try {
      FolderWatcher watcher =
          FolderWatcher.open(
              folders.stream().map(AppFolder::path).toList(),
              List.of(options.data().toAbsolutePath().normalize()),
              QUIET);
      shutdown.add(Part.FOLDER_WATCHER, watcher::close);
      return watcher;
    } catch (IOException e) {
      throw new StartFailure("cannot watch the folders for changes: " + e.getMessage());
    }
  }

  private Listening listen(InMemoryAppCatalog catalog, AtomicBoolean ready) throws StartFailure {
    Cluster cluster = options.workers() == null ? null : Blocking.await(Cluster.begin(), PATIENCE);
    Vertx vertx = cluster == null ? Cluster.alone() : cluster.vertx();
    shutdown.add(Part.VERTX, () -> Blocking.await(vertx.close(), PATIENCE));
    try {
      InvocationBus bus = InvocationBus.on(vertx);
      var invoker =
          tracing.calls(
              administration.logged(
                  new BreakerInvoker(breaker, measuring.measured(bus.invoker()))));
      catalog.onChange(breaker::hear);
      Gateway gateway =
          Blocking.await(
              Gateway.start(
                  vertx,
                  options.gateway(DRAIN),
                  catalog,
                  invoker,
                  accounts::accounts,
                  administration.sideDoor(vertx),
                  ready::get,
                  tracing.requests(
                      administration.logged(measuring.requestMetrics(options.limits(), catalog)))),
              PATIENCE);
      shutdown.add(
          Part.GATEWAY, () -> Blocking.await(gateway.stop(), DRAIN.plus(Duration.ofSeconds(5))));
      return new Listening(
          vertx, bus, invoker, gateway, cluster == null ? null : cluster.ofChildren());
    } catch (CompletionException e) {
      throw Listening.failed(options.host(), options.port(), "--port", e);
    }
  }

  private Database openDatabase(@Nullable ExternalDatabase external) throws StartFailure {
    Database database = external == null ? EmbeddedDatabase.open(options.data()) : external;
    shutdown.add(Part.DATABASE, database::close);
    return database;
  }

  private MongoAppStore openStore(Vertx vertx, Database database) throws StartFailure {
    try {
      MongoAppStore store =
          Blocking.await(
              MongoAppStore.open(vertx, database.connectionString(), Clock.systemUTC()), PATIENCE);
      shutdown.add(Part.APP_STORE, () -> Blocking.await(store.close(), PATIENCE));
      return store;
    } catch (CompletionException e) {
      String reason =
          Blocking.causes(e).stream().anyMatch(MongoTimeoutException.class::isInstance)
              ? "no server answers"
              : Blocking.reason(e);
      throw new StartFailure("cannot use %s: %s".formatted(database.description(), reason));
    }
  }

  private List<ServedApp> deployAll(
      List<CheckedApp> apps, Deployments deployments, LiveReload reload) {
    List<ServedApp> served = new ArrayList<>();
    for (CheckedApp app : apps) {
      AppFolder folder = app.folder();
      var deployed =
          Blocking.await(deployments.deploy(app.verdict(), folder.path().toString()), PATIENCE);
      console.warned(folder.shown(), deployed.warnings());
      reload.follow(folder, deployed.app(), deployed.warnings());
      served.add(new ServedApp(deployed.app(), folder.shown()));
    }
    return served;
  }

  /// Where requests are served.
  public BaseUrl url() {
    return url;
  }

  /// Lets calls in flight end, then stops everything. Blocks until it is done.
  public void stop() {
    console.say("Stopping: waiting for calls in flight, at most " + DRAIN.toSeconds() + " s");
    shutdown.run();
  }

  private static long sinceProcessStart() {
    // Not ProcessHandle's start, which on Linux is only right to the second.
    return System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
  }
}
