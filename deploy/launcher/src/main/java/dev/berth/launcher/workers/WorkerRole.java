package dev.berth.launcher.workers;

import dev.berth.appmodel.packages.PackageStore;
import dev.berth.catalog.DeployedApp;
import dev.berth.catalog.InMemoryAppCatalog;
import dev.berth.catalog.bus.CatalogBus;
import dev.berth.catalog.bus.Following;
import dev.berth.invocation.Invocation;
import dev.berth.invocation.Outcome;
import dev.berth.invocation.bus.InvocationBus;
import dev.berth.jsruntime.Ailment;
import dev.berth.launcher.appcode.AilmentWatch;
import dev.berth.launcher.appcode.AppCode;
import dev.berth.launcher.appcode.Blocking;
import dev.berth.launcher.cluster.Cluster;
import dev.berth.launcher.cluster.Membership;
import dev.berth.launcher.metrics.MetricsListener;
import dev.berth.launcher.metrics.ProcessMetrics;
import dev.berth.launcher.settings.DataSourceSettings;
import dev.berth.launcher.settings.LimitSettings;
import dev.berth.launcher.settings.TraceSettings;
import dev.berth.launcher.tracing.Tracing;
import dev.berth.worker.WorkerMetrics;
import dev.berth.worker.http.OutboundPolicy;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A worker process: it runs app code and nothing else, and ends with the process that started
/// it.
public final class WorkerRole {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /// A gateway may hear of a new revision before a worker does.
  private static final Duration REVISION_PATIENCE = Duration.ofSeconds(5);

  private static final long REVISION_POLL_MS = 10;

  /// The exit code of a worker whose starter is gone; 3 is that of a JVM out of memory.
  private static final int ORPHANED = 4;

  private final InMemoryAppCatalog catalog = new InMemoryAppCatalog();
  private final String name;
  private final PrintStream out;
  private final @Nullable String region;
  private final AtomicLong invocationsLeft;
  private final AppCode code;
  private final Vertx vertx;
  private final InvocationBus bus;
  private final Following following;
  private final @Nullable Integer metricsPort;
  private final Tracing tracing;

  private WorkerRole(Setup setup, PrintStream out) {
    this.name = setup.name();
    this.region = setup.region();
    this.out = out;
    this.invocationsLeft = new AtomicLong(setup.invocations());
    ProcessMetrics metrics = setup.measured() ? new ProcessMetrics() : null;
    this.tracing = Tracing.to(setup.traces(), "berth-worker");
    if (metrics != null) {
      metrics.spans(tracing);
    }
    CompletableFuture<AppCode> starting =
        Blocking.begin(
            "start-engine",
            () -> {
              AppCode started =
                  AppCode.start(
                      catalog,
                      line -> say(new WorkerLine.Printed(line)),
                      setup.limits(),
                      setup.outbound(),
                      PackageStore.in(setup.packages()),
                      metrics == null ? WorkerMetrics.NONE : metrics.worker());
              started.examine();
              return started;
            });
    this.vertx = Blocking.await(Cluster.join(setup.membership(), setup.name()), PATIENCE).vertx();
    this.bus = InvocationBus.on(vertx);
    this.code = starting.join();
    code.link(vertx, setup.dataSources());
    this.following =
        Blocking.await(CatalogBus.on(vertx).of(setup.starter()).follow(catalog), PATIENCE);
    this.metricsPort = metrics == null ? null : listenForPrometheus(metrics);
  }

  private int listenForPrometheus(ProcessMetrics metrics) {
    code.measuredBy(metrics);
    return Blocking.await(
            MetricsListener.listen(vertx, "127.0.0.1", 0, metrics, Map::of, () -> true), PATIENCE)
        .actualPort();
  }

  /// What a worker process has to know.
  ///
  /// @param name unique in the cluster
  /// @param starter whose catalog it follows: the process that starts it
  /// @param dataSources where the apps' data is; may hold passwords
  /// @param invocations how many it takes before it says that it is worn out
  /// @param outbound where functions may send requests
  /// @param packages the folder where those of the apps are kept
  /// @param measured whether Prometheus can read it
  /// @param traces where its part of traces goes; `null` for nowhere
  /// @param region whose apps it runs; `null` for those of all
  public record Setup(
      String name,
      String starter,
      Membership membership,
      DataSourceSettings dataSources,
      long invocations,
      LimitSettings limits,
      OutboundPolicy outbound,
      Path packages,
      boolean measured,
      @Nullable TraceSettings traces,
      @Nullable String region) {

    private static final String NAME = "BERTH_WORKER";
    private static final String STARTER = "BERTH_WORKER_STARTER";
    private static final String DATA_SOURCES = "BERTH_WORKER_DATA_SOURCES";
    private static final String LIMITS = "BERTH_WORKER_LIMITS";
    private static final String OUTBOUND = "BERTH_WORKER_OUTBOUND";
    private static final String PACKAGES = "BERTH_WORKER_PACKAGES";
    private static final String MEASURED = "BERTH_WORKER_MEASURED";
    private static final String INVOCATIONS = "BERTH_WORKER_INVOCATIONS";
    private static final String REGION = "BERTH_WORKER_REGION";

    /// As variables of an environment, which other users cannot read, unlike arguments.
    public Map<String, String> environment() {
      Map<String, String> variables = new HashMap<>(membership.environment());
      variables.put(NAME, name);
      variables.put(STARTER, starter);
      variables.put(DATA_SOURCES, dataSources.text());
      variables.put(LIMITS, limits.text());
      variables.put(OUTBOUND, outbound.text());
      variables.put(PACKAGES, packages.toString());
      variables.put(INVOCATIONS, Long.toString(invocations));
      variables.put(MEASURED, Boolean.toString(measured));
      if (region != null) {
        variables.put(REGION, region);
      }
      if (traces != null) {
        variables.putAll(traces.environment());
      }
      return variables;
    }

    /// What an environment says, or `null` when it is not that of a worker.
    public static @Nullable Setup of(Map<String, String> environment) {
      String name = environment.get(NAME);
      String starter = environment.get(STARTER);
      Membership membership = Membership.ofChild(environment);
      String dataSources = environment.get(DATA_SOURCES);
      String limits = environment.get(LIMITS);
      String outbound = environment.get(OUTBOUND);
      String packages = environment.get(PACKAGES);
      String invocations = environment.get(INVOCATIONS);
      return name == null
              || starter == null
              || membership == null
              || dataSources == null
              || limits == null
              || packages == null
              || invocations == null
          ? null
          : new Setup(
              name,
              starter,
              membership,
              DataSourceSettings.ofText(dataSources),
              Long.parseLong(invocations),
              LimitSettings.ofText(limits),
              outbound == null ? OutboundPolicy.publicOnly() : OutboundPolicy.parse(outbound),
              Path.of(packages),
              Boolean.parseBoolean(environment.get(MEASURED)),
              TraceSettings.ofEnvironment(environment),
              environment.get(REGION));
    }

    @Override
    public String toString() {
      return "Setup[name=" + name + "]";
    }
  }

  /// Runs a worker until it is told to end. Blocks. When the process that started it is gone, it
  /// ends this process at once: there is nobody left to answer.
  public static void run(Setup setup, InputStream in, PrintStream out) throws InterruptedException {
    BlockingQueue<String> orders = new LinkedBlockingQueue<>();
    // From the start, because whoever starts it may die before it is ready.
    Thread.ofPlatform().daemon().name("berth-orders").start(() -> follow(in, orders));
    WorkerRole worker = new WorkerRole(setup, out);
    worker.say(new WorkerLine.Ready(worker.code.isInterpreted(), worker.metricsPort));
    AilmentWatch.start(
        worker.vertx, worker.code, ailment -> worker.say(new WorkerLine.Sick(ailment)));
    worker.code.onMemoryShortage(largest -> worker.say(new WorkerLine.ShortOfMemory(largest)));
    worker.obey(orders);
  }

  private static void follow(InputStream in, BlockingQueue<String> orders) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String order = lines.readLine(); order != null; order = lines.readLine()) {
        orders.add(order);
      }
    } catch (IOException e) {
      // What cannot be read is as good as closed.
    }
    Runtime.getRuntime().halt(ORPHANED);
  }

  private void obey(BlockingQueue<String> orders) throws InterruptedException {
    InvocationBus.Serving serving = null;
    String order = orders.take();
    for (; !order.startsWith(WorkerLine.DRAIN); order = orders.take()) {
      if (order.equals(WorkerLine.SERVE) && serving == null) {
        serving = Blocking.await(bus.serve(name, region, tracing.runs(this::invoke)), PATIENCE);
        say(new WorkerLine.Serving());
      }
    }
    if (serving != null) {
      Blocking.await(serving.leave(), PATIENCE);
    }
    code.stop(Duration.ofMillis(Long.parseLong(order.substring(WorkerLine.DRAIN.length()))));
    if (serving != null) {
      // Who has not heard yet that it leaves is told with a refusal.
      Blocking.await(serving.stop(), PATIENCE);
    }
    Blocking.await(vertx.close(), PATIENCE);
    tracing.close();
  }

  private Future<Outcome> invoke(Invocation invocation) {
    if (code.ailment() instanceof Ailment.BrokenBuiltIn) {
      // It would get wrong results; elsewhere it may get right ones.
      return Future.succeededFuture(new Outcome.Unavailable("this worker is broken"));
    }
    if (invocationsLeft.decrementAndGet() == 0) {
      say(new WorkerLine.WornOut());
    }
    if (knows(invocation)) {
      return code.invoke(invocation);
    }
    // It is on its way as a rule; but what was published may have been lost.
    following.ask(invocation.appId());
    Promise<Outcome> promise = Promise.promise();
    long until = System.nanoTime() + REVISION_PATIENCE.toNanos();
    vertx.setPeriodic(
        REVISION_POLL_MS,
        timer -> {
          if (knows(invocation) || System.nanoTime() - until >= 0) {
            vertx.cancelTimer(timer);
            code.invoke(invocation).onComplete(promise);
          }
        });
    return promise.future();
  }

  private boolean knows(Invocation invocation) {
    DeployedApp app = catalog.find(invocation.appId());
    return app != null && app.revision().number() >= invocation.revision().number();
  }

  private void say(WorkerLine line) {
    synchronized (out) {
      out.println(line.text());
      out.flush();
    }
  }
}
