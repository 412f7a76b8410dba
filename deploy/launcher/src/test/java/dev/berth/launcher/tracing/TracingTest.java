package dev.berth.launcher.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.appmodel.AppId;
import dev.berth.appmodel.Revision;
import dev.berth.gateway.serving.RequestMetrics;
import dev.berth.invocation.Caller;
import dev.berth.invocation.Invocation;
import dev.berth.invocation.Invoker;
import dev.berth.invocation.Outcome;
import dev.berth.invocation.RequestFacts;
import dev.berth.invocation.RequestId;
import dev.berth.invocation.TraceContext;
import dev.berth.launcher.settings.TraceSettings;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.bson.BsonInt32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What becomes of calls when the collector does not do its part. What arrives at one that does
/// is looked at where Berth runs as processes.
@Timeout(60)
class TracingTest {

  private static final Future<Outcome> DONE =
      Future.succeededFuture(new Outcome.Returned(new BsonInt32(1)));
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  private static Tracing to(int port, int percent) {
    URI endpoint = URI.create("http://127.0.0.1:" + port);
    return Tracing.to(new TraceSettings(endpoint, Map.of(), percent), "tested");
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

  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Test
  void withoutACollectorNothingComesBetween() {
    Invoker invoker = _ -> DONE;

    assertThat(Tracing.to(null, "tested")).isSameAs(Tracing.NONE);
    assertThat(Tracing.NONE.calls(invoker)).isSameAs(invoker);
    assertThat(Tracing.NONE.runs(invoker)).isSameAs(invoker);
    assertThat(Tracing.NONE.requests(RequestMetrics.NONE)).isSameAs(RequestMetrics.NONE);
    assertThat(Tracing.NONE.isOn()).isFalse();
  }

  @Test
  void whatACollectorThatIsAwayMissesIsCounted() throws IOException {
    int nobody;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = closed.getLocalPort();
    }
    try (Tracing tracing = to(nobody, 100)) {
      Invoker followed = tracing.calls(_ -> DONE);

      for (int i = 0; i < 10; i++) {
        assertThat(followed.invoke(call()).result()).isSameAs(DONE.result());
      }

      await(() -> tracing.droppedSpans() == 10);
      assertThat(tracing.exportedSpans()).isZero();
    }
  }

  /// Connections to it are opened by the operating system, and nobody ever answers.
  @Test
  void aCollectorThatHangsKeepsNoCallWaitingAndNoMoreThanFits() throws IOException {
    int more = 1000;
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Tracing tracing = to(silent.getLocalPort(), 100)) {
      Invoker followed = tracing.calls(_ -> DONE);
      // Twice what fits: the queue, and what is being sent.
      int calls = 2 * SpanQueue.MOST + more;

      for (int i = 0; i < calls; i++) {
        assertThat(followed.invoke(call()).isComplete()).isTrue();
      }

      assertThat(tracing.droppedSpans()).isGreaterThanOrEqualTo(more);
    }
  }

  @Test
  void aCallIsHandedOnAsAStepOfTheTraceOfItsCaller() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Tracing tracing = to(silent.getLocalPort(), 0)) {
      AtomicReference<Invocation> handedOn = new AtomicReference<>();
      Invoker followed =
          tracing.calls(
              invocation -> {
                handedOn.set(invocation);
                return DONE;
              });
      for (boolean sampled : List.of(true, false)) {
        TraceContext caller = new TraceContext(TRACE, "00f067aa0ba902b7", sampled);
        Invocation call = call();

        followed.invoke(call.in(call.envelope().as(caller)));

        TraceContext step = Objects.requireNonNull(handedOn.get().trace());
        assertThat(step.traceId()).isEqualTo(TRACE);
        assertThat(step.parentId()).isNotEqualTo(caller.parentId());
        assertThat(step.sampled()).isEqualTo(sampled);
      }

      // Of no trace, and none of a hundred is to be recorded.
      followed.invoke(call());

      assertThat(Objects.requireNonNull(handedOn.get().trace()).sampled()).isFalse();
    }
  }
}
