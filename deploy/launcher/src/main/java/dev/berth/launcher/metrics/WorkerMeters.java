package dev.berth.launcher.metrics;

import dev.berth.invocation.Limit;
import dev.berth.worker.WorkerMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/// What a worker does, as meters. All of them exist from the start, so that a rate over one that
/// has not happened yet is zero and not absent.
final class WorkerMeters implements WorkerMetrics {

  private final Map<Ending, Timer> invocations = new EnumMap<>(Ending.class);
  private final Map<Limit, Counter> limits = new EnumMap<>(Limit.class);
  private final Map<Refusal, Counter> refusals = new EnumMap<>(Refusal.class);
  private final LongAdder cpuNanos = new LongAdder();
  private final LongAdder allocatedBytes = new LongAdder();

  WorkerMeters(MeterRegistry registry) {
    FunctionCounter.builder("berth.invocation.cpu", cpuNanos, nanos -> nanos.sum() / 1e9)
        .description("CPU time of invocations that are over, on guest threads")
        .baseUnit("seconds")
        .register(registry);
    FunctionCounter.builder("berth.invocation.allocated", allocatedBytes, LongAdder::sum)
        .description("Memory that invocations which are over had allocated")
        .baseUnit("bytes")
        .register(registry);
    for (Ending ending : Ending.values()) {
      invocations.put(
          ending,
          Timer.builder("berth.invocations")
              .description("Invocations and how long they took, by outcome")
              .tag("outcome", tag(ending))
              .serviceLevelObjectives(Buckets.OF_CALLS)
              .register(registry));
    }
    for (Limit limit : Limit.values()) {
      limits.put(
          limit,
          Counter.builder("berth.limits.passed")
              .description("Invocations that passed a limit")
              .tag("limit", tag(limit))
              .register(registry));
    }
    for (Refusal reason : Refusal.values()) {
      refusals.put(
          reason,
          Counter.builder("berth.invocations.refused")
              .description(
                  "Invocations that were refused for want of room, by what there was none for")
              .tag("reason", tag(reason))
              .register(registry));
    }
  }

  private static String tag(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public void invocationEnded(Ending ending, long nanos) {
    Timer timer = invocations.get(ending);
    if (timer != null) {
      timer.record(nanos, TimeUnit.NANOSECONDS);
    }
  }

  @Override
  public void invocationUsed(long nanos, long bytes) {
    cpuNanos.add(nanos);
    allocatedBytes.add(bytes);
  }

  @Override
  public void limitPassed(Limit limit) {
    Counter counter = limits.get(limit);
    if (counter != null) {
      counter.increment();
    }
  }

  @Override
  public void refused(Refusal reason) {
    Counter counter = refusals.get(reason);
    if (counter != null) {
      counter.increment();
    }
  }
}
