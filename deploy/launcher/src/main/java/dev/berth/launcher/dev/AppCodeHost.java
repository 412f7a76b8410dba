package dev.berth.launcher.dev;

import dev.berth.catalog.InMemoryAppCatalog;
import dev.berth.catalog.bus.CatalogBus;
import dev.berth.controlplane.DeploymentChecks;
import dev.berth.controlplane.packages.PackageIntake;
import dev.berth.jsruntime.Ailment;
import dev.berth.jsruntime.GuestLog;
import dev.berth.launcher.appcode.AilmentWatch;
import dev.berth.launcher.appcode.AppCode;
import dev.berth.launcher.appcode.Blocking;
import dev.berth.launcher.appcode.QueuedGuestLog;
import dev.berth.launcher.breaker.AppBreaker;
import dev.berth.launcher.cluster.Membership;
import dev.berth.launcher.console.Console;
import dev.berth.launcher.console.StartFailure;
import dev.berth.launcher.database.Database;
import dev.berth.launcher.dev.Shutdown.Part;
import dev.berth.launcher.settings.DataSourceSettings;
import dev.berth.launcher.workers.WorkerProcessSettings;
import dev.berth.launcher.workers.WorkerProcesses;
import dev.berth.launcher.workers.WorkerRole;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What runs app code in `berth dev`: a worker in this process, or processes of their own.
final class AppCodeHost {

  private static final Logger LOG = LoggerFactory.getLogger(AppCodeHost.class);

  private static final Duration PATIENCE = Duration.ofSeconds(40);

  /// Each worker is a JVM that starts a cluster and an engine, and a small machine may be busy.
  private static final Duration WORKERS_PATIENCE = Duration.ofSeconds(150);

  /// There is one such process in this cluster.
  private static final String STARTER = "dev";

  private final DevOptions options;
  private final Console console;
  private final GuestLog guestLog = QueuedGuestLog.before(this::print);
  private final Shutdown shutdown;
  private final Measuring measuring;
  private final AppBreaker breaker;
  private final DevAdministration administration;

  AppCodeHost(
      DevOptions options,
      Console console,
      Shutdown shutdown,
      Measuring measuring,
      AppBreaker breaker,
      DevAdministration administration) {
    this.options = options;
    this.console = console;
    this.shutdown = shutdown;
    this.measuring = measuring;
    this.breaker = breaker;
    this.administration = administration;
  }

  /// Starts the worker in this process. With worker processes it serves nothing, and only looks
  /// whether functions are JavaScript. Blocks.
  AppCode start(InMemoryAppCatalog catalog) {
    InMemoryAppCatalog served = options.workers() == null ? catalog : new InMemoryAppCatalog();
    AppCode code =
        AppCode.start(
            served,
            guestLog,
            options.limits(),
            options.outbound(),
            options.packages(),
            measuring.workerMetrics());
    measuring.measure(code);
    shutdown.add(Part.APP_CODE, () -> code.stop(DevServer.DRAIN));
    return code;
  }

  private void print(GuestLog.Line line) {
    administration.printed(line.requestId(), line.text());
    console.guest(line);
  }

  static DeploymentChecks checksOf(
      AppCode code, PackageIntake packages, DataSourceSettings sources) {
    return new DeploymentChecks(
        List.of((definition, _) -> code.syntaxProblems(definition)),
        packages::take,
        (appId, dataSource) -> sources.link(appId, dataSource) != null);
  }

  /// Lets app code run.
  ///
  /// @param jvmOptions of worker processes
  /// @return whether JavaScript is only interpreted, once all workers serve
  CompletableFuture<Boolean> serve(
      Listening listening,
      InMemoryAppCatalog catalog,
      AppCode code,
      Database database,
      List<String> jvmOptions) {
    DataSourceSettings sources = options.dataSources().at(database.connectionString());
    code.link(listening.vertx(), sources);
    WorkerProcessSettings settings = options.workers();
    if (settings == null) {
      Blocking.await(listening.bus().serve("this-process", code), PATIENCE);
      AilmentWatch.start(listening.vertx(), code, AppCodeHost::adviseRestart);
      return CompletableFuture.completedFuture(code.isInterpreted());
    }
    Membership membership = listening.membership();
    if (membership == null) {
      throw new IllegalStateException("worker processes need a cluster");
    }
    Blocking.await(CatalogBus.on(listening.vertx()).of(STARTER).announce(catalog), PATIENCE);
    WorkerProcesses workers =
        WorkerProcesses.start(
            settings,
            options.gateway(DevServer.DRAIN).timeLimit(),
            new WorkerProcesses.Links(
                "",
                jvmOptions,
                name ->
                    new WorkerRole.Setup(
                        name,
                        STARTER,
                        membership,
                        sources,
                        settings.spreadInvocations(),
                        options.limits(),
                        options.outbound(),
                        options.packages().folder(),
                        measuring.isOn(),
                        options.traces(),
                        null),
                listening.bus()::knows,
                listening.bus()::workerIsDead,
                breaker::strike,
                guestLog));
    shutdown.add(Part.APP_CODE, () -> workers.stop(DevServer.DRAIN));
    measuring.measure(workers);
    return workers.serving();
  }

  /// With worker processes the worker would be replaced.
  private static void adviseRestart(Ailment ailment) {
    LOG.atError()
        .addKeyValue("appId", ailment.appId())
        .log(
            switch (ailment) {
              case Ailment.StuckCall _ ->
                  "a call cannot be ended and holds a thread: restart Berth";
              case Ailment.FullHeap() ->
                  "the heap stays full although nothing runs: restart Berth with a larger one";
              case Ailment.EngineFailure _ ->
                  "the JavaScript engine failed, what runs in it may be wrong: restart Berth";
              case Ailment.BrokenBuiltIn _ ->
                  "JavaScript is broken in this process, calls fail or go wrong: restart Berth";
            });
  }

  /// Waits until app code is served.
  static boolean await(CompletableFuture<Boolean> serving) throws StartFailure {
    try {
      return serving.orTimeout(WORKERS_PATIENCE.toMillis(), TimeUnit.MILLISECONDS).join();
    } catch (CompletionException e) {
      throw new StartFailure("cannot start worker processes: " + Blocking.reason(e));
    }
  }
}
