package dev.berth.launcher.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.AppId;
import dev.berth.appmodel.Revision;
import dev.berth.invocation.Caller;
import dev.berth.invocation.Invocation;
import dev.berth.invocation.Invoker;
import dev.berth.invocation.Outcome;
import dev.berth.invocation.RequestFacts;
import dev.berth.invocation.RequestId;
import dev.berth.worker.WorkerMetrics;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class ProcessMetricsTest {

  private final ProcessMetrics metrics = new ProcessMetrics();

  @Test
  void callsOverTheBusAreCountedByOutcomeAndThoseThatBrokeToo() {
    Queue<Future<Outcome>> ends = new ArrayDeque<>();
    ends.add(Future.succeededFuture(new Outcome.Unavailable("no worker")));
    ends.add(Future.failedFuture("the bus is down"));
    Invoker bus = metrics.bus(_ -> ends.remove());

    Future<Outcome> refused = bus.invoke(call());
    Future<Outcome> broken = bus.invoke(call());

    assertThat(refused.result()).isInstanceOf(Outcome.Unavailable.class);
    assertThat(broken.failed()).isTrue();
    assertThat(metrics.text().lines())
        .contains(
            "berth_bus_calls_seconds_count{outcome=\"unavailable\"} 1",
            "berth_bus_calls_seconds_count{outcome=\"broken\"} 1",
            "berth_bus_calls_seconds_count{outcome=\"returned\"} 0");
  }

  @Test
  void whatInvocationsUseAddsUp() {
    WorkerMetrics worker = metrics.worker();

    worker.invocationUsed(1_500_000_000, 1_000);
    worker.invocationUsed(500_000_000, 24);

    assertThat(metrics.text().lines())
        .contains(
            "berth_invocation_cpu_seconds_total 2.0",
            "berth_invocation_allocated_bytes_total 1024.0");
  }

  private static Invocation call() {
    return new Invocation.FunctionCall(
        new Invocation.Envelope(
            new AppId("shop-abcde"),
            new Revision(1),
            RequestId.next(),
            Caller.nobody(),
            Duration.ofSeconds(1)),
        "main",
        List.of(),
        RequestFacts.none());
  }
}
