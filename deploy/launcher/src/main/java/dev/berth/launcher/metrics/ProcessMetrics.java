package dev.berth.launcher.metrics;

import dev.berth.appmodel.AppId;
import dev.berth.catalog.AppCatalog;
import dev.berth.catalog.AppChange;
import dev.berth.gateway.serving.RequestMetrics;
import dev.berth.invocation.Invoker;
import dev.berth.launcher.tracing.Tracing;
import dev.berth.worker.WorkerMetrics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The meters of one process: its JVM, and what its roles add. Safe from any thread.
public final class ProcessMetrics implements AutoCloseable {

  /// What [#text] is written in.
  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collections = new JvmGcMetrics();
  private final WorkerMetrics worker;

  /// The registry itself forgets whatever nobody else holds.
  private final Queue<Object> held = new ConcurrentLinkedQueue<>();

  /// Starts to measure this JVM.
  public ProcessMetrics() {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    collections.bindTo(registry);
    worker = new WorkerMeters(registry);
  }

  /// Counts what a worker of this process does.
  public WorkerMetrics worker() {
    return worker;
  }

  /// Counts what a gateway of this process answers.
  ///
  /// @param maxApps how many apps have a label of their own
  /// @param maxTenants how many tenants have one
  /// @param tenantOf whose an app is; `null` when it is of nobody
  public RequestMetrics gateway(
      int maxApps, int maxTenants, Function<AppId, @Nullable String> tenantOf) {
    return new RequestMeters(registry, maxApps, maxTenants, tenantOf);
  }

  /// Counts what is called over the bus.
  public Invoker bus(Invoker invoker) {
    return new MeteredInvoker(invoker, registry);
  }

  /// Counts what is deployed to this process.
  public void apps(AppCatalog catalog) {
    LongAdder deployments = new LongAdder();
    catalog.onChange(
        change -> {
          if (change instanceof AppChange.Deployed) {
            deployments.increment();
          }
        });
    counter(
        "berth.deployments",
        "Revisions and terms of apps that went live in this process",
        deployments::sum);
    gauge("berth.apps", "Apps that are deployed", () -> catalog.all().size());
  }

  /// Counts what becomes of spans, when any are made.
  public void spans(Tracing tracing) {
    if (tracing.isOn()) {
      counter(
          "berth.spans.exported",
          "Spans that the collector of traces took",
          tracing::exportedSpans);
      counter(
          "berth.spans.dropped",
          "Spans that were too many, or that the collector did not take",
          tracing::droppedSpans);
    }
  }

  /// Adds a number that is read when somebody asks.
  ///
  /// @param name in lower case, its words separated by dots
  public void gauge(String name, String description, DoubleSupplier value) {
    held.add(value);
    Gauge.builder(name, value, DoubleSupplier::getAsDouble)
        .description(description)
        .register(registry);
  }

  /// Adds a number that only grows and is read when somebody asks.
  ///
  /// @param name in lower case, its words separated by dots
  public void counter(String name, String description, LongSupplier value) {
    held.add(value);
    FunctionCounter.builder(name, value, LongSupplier::getAsLong)
        .description(description)
        .register(registry);
  }

  /// All meters in the text format of Prometheus.
  public String text() {
    return registry.scrape();
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }
}
