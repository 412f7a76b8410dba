package dev.berth.launcher.metrics;

import dev.berth.invocation.Invocation;
import dev.berth.invocation.Invoker;
import dev.berth.invocation.Outcome;
import dev.berth.worker.WorkerMetrics.Ending;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Measures how long calls take over the bus, there and back. What the worker measures is less by
/// what the bus takes.
final class MeteredInvoker implements Invoker {

  private final Invoker invoker;
  private final Map<Ending, Timer> calls = new EnumMap<>(Ending.class);
  private final Timer broken;

  MeteredInvoker(Invoker invoker, MeterRegistry registry) {
    this.invoker = invoker;
    for (Ending ending : Ending.values()) {
      calls.put(ending, timer(registry, ending.name().toLowerCase(Locale.ROOT)));
    }
    this.broken = timer(registry, "broken");
  }

  private static Timer timer(MeterRegistry registry, String outcome) {
    return Timer.builder("berth.bus.calls")
        .description("Calls over the bus and how long they took, by outcome")
        .tag("outcome", outcome)
        .serviceLevelObjectives(Buckets.OF_CALLS)
        .register(registry);
  }

  @Override
  public Future<Outcome> invoke(Invocation invocation) {
    long begunNanos = System.nanoTime();
    return invoker
        .invoke(invocation)
        .onComplete(
            outcome ->
                timerOf(outcome.result())
                    .record(System.nanoTime() - begunNanos, TimeUnit.NANOSECONDS));
  }

  private Timer timerOf(@Nullable Outcome outcome) {
    return outcome == null ? broken : calls.getOrDefault(Ending.of(outcome), broken);
  }
}
