package dev.berth.launcher.appcode;

import static java.util.Objects.requireNonNull;

import dev.berth.appmodel.AppDefinition;
import dev.berth.appmodel.Problem;
import dev.berth.appmodel.packages.PackageStore;
import dev.berth.catalog.AppCatalog;
import dev.berth.invocation.Invocation;
import dev.berth.invocation.Invoker;
import dev.berth.invocation.Outcome;
import dev.berth.jsruntime.Ailment;
import dev.berth.jsruntime.GuestLog;
import dev.berth.jsruntime.JsEngine;
import dev.berth.jsruntime.Watchdog;
import dev.berth.jsruntime.service.GuestService;
import dev.berth.launcher.metrics.ProcessMetrics;
import dev.berth.launcher.settings.DataSourceSettings;
import dev.berth.launcher.settings.LimitSettings;
import dev.berth.worker.Worker;
import dev.berth.worker.WorkerMetrics;
import dev.berth.worker.access.FunctionsOfRules;
import dev.berth.worker.access.RuleBook;
import dev.berth.worker.http.OutboundPolicy;
import dev.berth.worker.mongodb.AppShares;
import dev.berth.worker.mongodb.ChangeWaits;
import dev.berth.worker.mongodb.DataSourceLinks;
import dev.berth.worker.mongodb.DataSources;
import dev.berth.worker.mongodb.NamespacePolicy;
import dev.berth.worker.mongodb.UserDataService;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A worker in this process.
///
/// It starts before there is a database, because it judges apps before anything may be written.
public final class AppCode implements Invoker {

  /// How often a function that watches a collection looks what has changed.
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  private final AtomicReference<DataSourceLinks> links;
  private final Network network;
  private final DataSources dataSources;
  private final JsEngine engine;
  private final Worker worker;

  private AppCode(
      AtomicReference<DataSourceLinks> links,
      Network network,
      DataSources dataSources,
      JsEngine engine,
      Worker worker) {
    this.links = links;
    this.network = network;
    this.dataSources = dataSources;
    this.engine = engine;
    this.worker = worker;
  }

  /// Starts a worker; the first in a JVM takes up to a second. Blocks.
  ///
  /// @param outbound where functions may send requests
  /// @param packages of the apps
  public static AppCode start(
      AppCatalog catalog,
      GuestLog log,
      LimitSettings limits,
      OutboundPolicy outbound,
      PackageStore packages,
      WorkerMetrics metrics) {
    var links = new AtomicReference<DataSourceLinks>((_, _) -> null);
    var dataSources =
        new DataSources((app, source) -> links.get().link(app, source), limits.mongodb());
    var nested = new AtomicReference<@Nullable Worker>();
    var functions =
        new FunctionsOfRules(invocation -> requireNonNull(nested.get()).invokeNested(invocation));
    GuestService mongodb =
        data(
            new UserDataService(
                RuleBook.of(catalog),
                functions,
                dataSources,
                new NamespacePolicy(),
                limits.mongodb()),
            functions,
            limits);
    var network = new Network(outbound, limits.http());
    var settings = limits.worker(Runtime.getRuntime().availableProcessors());
    JsEngine engine = JsEngine.start();
    var worker =
        Worker.start(
            settings,
            engine,
            catalog,
            Map.of("mongodb", mongodb, "http", network.http(), "net", network.net()),
            log,
            metrics,
            ofApp -> AppPackages.open(packages, ofApp));
    nested.set(worker);
    return new AppCode(links, network, dataSources, engine, worker);
  }

  private static GuestService data(
      GuestService ofAll, FunctionsOfRules functions, LimitSettings limits) {
    return new ChangeWaits(
        new AppShares(ofAll, functions::isOfRule, limits.mongodb()), BETWEEN_LOOKS);
  }

  /// Gives app code its data and its way to other hosts.
  ///
  /// @param sources with a connection string in every link
  public void link(Vertx vertx, DataSourceSettings sources) {
    network.join(vertx);
    links.set(new DataLinks(sources));
  }

  /// Whether JavaScript is only interpreted in this process.
  public boolean isInterpreted() {
    return engine.isInterpreted();
  }

  /// Looks whether JavaScript works in this process; call it before any app code runs. Blocks
  /// for about a second.
  ///
  /// @throws IllegalStateException when it does not
  public void examine() {
    worker.examine();
  }

  /// Why this process should be replaced, or `null`.
  public @Nullable Ailment ailment() {
    return worker.ailment();
  }

  /// Adds what its state can be read from.
  public void measuredBy(ProcessMetrics metrics) {
    metrics.gauge(
        "berth.invocations.in.flight",
        "Invocations admitted and not over",
        worker::invocationsInFlight);
    metrics.gauge(
        "berth.invocations.waiting",
        "Invocations that wait for others of their app",
        worker::invocationsWaiting);
    metrics.gauge("berth.contexts.idle", "Contexts kept warm", worker::idleContexts);
    metrics.gauge("berth.contexts.live", "Contexts, idle and in use", worker::openContexts);
    metrics.counter("berth.contexts.made", "Contexts made", worker::contextsMade);
    metrics.counter(
        "berth.contexts.evicted",
        "Idle contexts that had to go for want of room",
        worker::contextsEvicted);
    metrics.gauge(
        "berth.guest.threads.busy", "Threads that run JavaScript now", worker::busyGuestThreads);
    metrics.gauge(
        "berth.database.connections", "Connections of app code", dataSources::connections);
    metrics.gauge(
        "berth.database.connections.in.use",
        "Connections of app code with an operation on them",
        dataSources::connectionsInUse);
  }

  /// Hears when the heap of this process is nearly full; see [Watchdog.ShortageListener].
  public void onMemoryShortage(Watchdog.ShortageListener listener) {
    worker.onMemoryShortage(listener);
  }

  /// Every function file that is not JavaScript. Blocks while it parses.
  public List<Problem> syntaxProblems(AppDefinition definition) {
    return worker.syntaxProblems(definition);
  }

  @Override
  public Future<Outcome> invoke(Invocation invocation) {
    return worker.invoke(invocation);
  }

  /// Waits for calls in flight, at most that long, then stops. Blocks.
  public void stop(Duration atMost) throws InterruptedException {
    worker.stop(atMost);
    dataSources.close();
  }
}
