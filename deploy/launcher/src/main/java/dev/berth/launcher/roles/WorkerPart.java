package dev.berth.launcher.roles;

import dev.berth.catalog.InMemoryAppCatalog;
import dev.berth.catalog.bus.CatalogBus;
import dev.berth.invocation.bus.InvocationBus;
import dev.berth.jsruntime.GuestLog;
import dev.berth.jsruntime.JsCompiler;
import dev.berth.launcher.appcode.Blocking;
import dev.berth.launcher.appcode.QueuedGuestLog;
import dev.berth.launcher.cluster.Cluster;
import dev.berth.launcher.cluster.Membership;
import dev.berth.launcher.console.Console;
import dev.berth.launcher.console.StartFailure;
import dev.berth.launcher.database.Database;
import dev.berth.launcher.dev.JavaScriptMode;
import dev.berth.launcher.dev.Measuring;
import dev.berth.launcher.dev.Shutdown;
import dev.berth.launcher.dev.Shutdown.Part;
import dev.berth.launcher.settings.DataSourceSettings;
import dev.berth.launcher.workers.WorkerProcessSettings;
import dev.berth.launcher.workers.WorkerProcesses;
import dev.berth.launcher.workers.WorkerRole;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/// The role that runs app code: worker processes on this machine, which learn of apps from the
/// process that started them.
final class WorkerPart {

  private static final Duration PATIENCE = Duration.ofSeconds(40);

  /// Each is a JVM that joins a cluster and starts an engine, and a small machine may be busy.
  private static final Duration WORKERS_PATIENCE = Duration.ofSeconds(150);

  private final RoleOptions options;
  private final Console console;
  private final Measuring measuring;
  private final Shutdown shutdown;

  WorkerPart(RoleOptions options, Console console, Measuring measuring, Shutdown shutdown) {
    this.options = options;
    this.console = console;
    this.measuring = measuring;
    this.shutdown = shutdown;
  }

  /// Starts the processes. Blocks until all serve.
  void start(Cluster cluster, InvocationBus bus, InMemoryAppCatalog catalog, Database database)
      throws StartFailure {
    WorkerProcessSettings settings = options.server().workers();
    if (settings == null) {
      throw new IllegalStateException("a worker has worker processes");
    }
    JavaScriptMode mode =
        JavaScriptMode.choose(options.server().javaScript(), settings.count(), JsCompiler.here());
    // Names are used once, or who died could not be told from who lives.
    String starter = "node-" + HexFormat.of().formatHex(chance());
    Membership membership = cluster.ofChildren();
    Blocking.await(CatalogBus.on(cluster.vertx()).of(starter).announce(catalog), PATIENCE);
    DataSourceSettings sources = options.server().dataSources().at(database.connectionString());
    GuestLog log = QueuedGuestLog.before(line -> print(line, bus));
    WorkerProcesses workers =
        WorkerProcesses.start(
            settings,
            options
                .server()
                .limits()
                .gateway(options.server().host(), 0, options.drain())
                .timeLimit(),
            new WorkerProcesses.Links(
                starter + "-",
                mode.jvmOptions(),
                name ->
                    new WorkerRole.Setup(
                        name,
                        starter,
                        membership,
                        sources,
                        settings.spreadInvocations(),
                        options.server().limits(),
                        options.server().outbound(),
                        StoredApps.packageStore(options).folder(),
                        measuring.isOn(),
                        options.server().traces(),
                        options.region()),
                bus::knows,
                bus::workerIsDead,
                bus.news()::blame,
                log));
    shutdown.add(Part.APP_CODE, () -> workers.stop(options.drain()));
    measuring.measure(workers);
    try {
      boolean interpreted =
          workers.serving().orTimeout(WORKERS_PATIENCE.toMillis(), TimeUnit.MILLISECONDS).join();
      console.say(
          "App code runs in %d worker processes; JavaScript is %s"
              .formatted(settings.count(), mode.text(interpreted)));
    } catch (CompletionException e) {
      throw new StartFailure("cannot start worker processes: " + Blocking.reason(e));
    }
  }

  private static byte[] chance() {
    byte[] chance = new byte[4];
    new SecureRandom().nextBytes(chance);
    return chance;
  }

  private void print(GuestLog.Line line, InvocationBus bus) {
    console.guest(line);
    bus.news().printed(line.requestId(), line.text());
  }
}
