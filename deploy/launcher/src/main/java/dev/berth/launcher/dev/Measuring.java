package dev.berth.launcher.dev;

import dev.berth.appmodel.AppId;
import dev.berth.catalog.AppCatalog;
import dev.berth.catalog.DeployedApp;
import dev.berth.gateway.serving.RequestMetrics;
import dev.berth.invocation.Invoker;
import dev.berth.launcher.appcode.AppCode;
import dev.berth.launcher.appcode.Blocking;
import dev.berth.launcher.breaker.AppBreaker;
import dev.berth.launcher.console.BaseUrl;
import dev.berth.launcher.console.StartFailure;
import dev.berth.launcher.metrics.MetricsListener;
import dev.berth.launcher.metrics.ProcessMetrics;
import dev.berth.launcher.settings.LimitSettings;
import dev.berth.launcher.tracing.Tracing;
import dev.berth.launcher.workers.WorkerProcesses;
import dev.berth.worker.WorkerMetrics;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// What of `berth dev` can be measured, and where. Nothing is when no port was asked for, because
/// meters take time at the start.
public final class Measuring {

  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final String host;
  private final BooleanSupplier ready;
  private final @Nullable Integer port;
  private final @Nullable ProcessMetrics metrics;
  private final AtomicReference<@Nullable WorkerProcesses> supervised = new AtomicReference<>();

  /// @param port to listen on; 0 takes any free one, `null` none
  Measuring(String host, @Nullable Integer port) {
    this(host, port, () -> true);
  }

  /// @param port to listen on; 0 takes any free one, `null` none
  /// @param ready whether the process is
  public Measuring(String host, @Nullable Integer port, BooleanSupplier ready) {
    this.host = host;
    this.ready = ready;
    this.port = port;
    this.metrics = port == null ? null : new ProcessMetrics();
  }

  public boolean isOn() {
    return metrics != null;
  }

  /// For the worker of this process.
  public WorkerMetrics workerMetrics() {
    return metrics == null ? WorkerMetrics.NONE : metrics.worker();
  }

  /// For the gateway of this process.
  ///
  /// @param limits of how many apps and tenants have a label of their own
  /// @param catalog knows whose the apps are
  public RequestMetrics requestMetrics(LimitSettings limits, AppCatalog catalog) {
    return metrics == null
        ? RequestMetrics.NONE
        : metrics.gateway(
            limits.labelledApps(), limits.labelledTenants(), app -> tenantOf(app, catalog));
  }

  private static @Nullable String tenantOf(AppId id, AppCatalog catalog) {
    DeployedApp app = catalog.find(id);
    return app == null ? null : app.terms().tenant();
  }

  /// What counts the calls over the bus.
  public Invoker measured(Invoker invoker) {
    return metrics == null ? invoker : metrics.bus(invoker);
  }

  public void measure(AppCatalog catalog) {
    if (metrics != null) {
      metrics.apps(catalog);
    }
  }

  void measure(AppCode code) {
    if (metrics != null) {
      code.measuredBy(metrics);
    }
  }

  public void measure(AppBreaker breaker) {
    if (metrics != null) {
      metrics.gauge(
          "berth.apps.broken.off", "Apps whose calls are refused", breaker::brokenOffCount);
      metrics.counter(
          "berth.app.strikes", "Workers that ended because of an app", breaker::strikeCount);
    }
  }

  public void measure(DevAdministration administration) {
    if (metrics != null) {
      metrics.counter(
          "berth.app.log.entries.dropped",
          "Entries of app logs that there was no time to write",
          administration::droppedLogEntries);
    }
  }

  public void measure(Tracing tracing) {
    if (metrics != null) {
      metrics.spans(tracing);
    }
  }

  public void measure(WorkerProcesses workers) {
    supervised.set(workers);
    if (metrics != null) {
      metrics.counter(
          "berth.workers.replaced", "Workers that died or were sick", workers::replacementCount);
      metrics.gauge(
          "berth.worker.replacement.longest.seconds",
          "Longest time without a worker until its successor served",
          () -> workers.longestReplacementMillis() / 1000.0);
    }
  }

  /// Lets Prometheus read. Blocks until it can.
  ///
  /// @return where, or `null` when no port was asked for
  public @Nullable BaseUrl listen(Vertx vertx) throws StartFailure {
    if (metrics == null || port == null) {
      return null;
    }
    try {
      var server =
          Blocking.await(
              MetricsListener.listen(vertx, host, port, metrics, this::workerPorts, ready),
              PATIENCE);
      return new BaseUrl("http", host, server.actualPort());
    } catch (CompletionException e) {
      throw Listening.failed(host, port, "--metrics-port", e);
    }
  }

  private Map<String, Integer> workerPorts() {
    WorkerProcesses workers = supervised.get();
    return workers == null ? Map.of() : workers.metricsPorts();
  }
}
