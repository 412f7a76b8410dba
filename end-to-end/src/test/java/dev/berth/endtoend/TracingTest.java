package dev.berth.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.endtoend.TraceCollector.Span;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a collector of traces gets from a Berth that has worker processes.
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class TracingTest {

  private static final String CLIENT = "00f067aa0ba902b7";
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String OTHER_TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final int SERVER = 2;
  private static final int CALLER = 3;

  private final int metricsPort = ClusterProcesses.freePort();
  @TempDir private Path folder;

  private AppFolder app() {
    return AppFolder.in(folder, "app")
        .endpoint("hello", "exports = () => { console.log('said it'); return 'a-result'; };")
        .endpoint("fail", "exports = () => { throw new Error('a-message'); };");
  }

  private BerthProcess start(Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(Map.of("BERTH_JS", "interpreted"));
    environment.put("BERTH_LOG_FORMAT", "json");
    environment.putAll(more);
    BerthProcess berth =
        BerthProcess.run(
            folder,
            environment,
            "dev",
            "--port",
            "0",
            "--workers",
            "1",
            "--metrics-port",
            Integer.toString(metricsPort),
            app().path().toString());
    berth.awaitLine(line -> line.contains("Ready in"));
    return berth;
  }

  private static void await(BerthProcess berth, BooleanSupplier condition) {
    long deadline = System.nanoTime() + BerthProcess.PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("it did not come about\n" + berth.output());
      }
      LockSupport.parkNanos(BerthProcess.POLL_NANOS);
    }
  }

  private static Span the(List<Span> spans, String name, int kind) {
    List<Span> found =
        spans.stream().filter(span -> span.name().equals(name) && span.kind() == kind).toList();
    assertThat(found).as(name + " in " + spans).hasSize(1);
    return found.getFirst();
  }

  private static String traceparent(String trace, String flags) {
    return "00-" + trace + "-" + CLIENT + "-" + flags;
  }

  private double metric(String name) {
    URI url = URI.create("http://127.0.0.1:" + metricsPort + "/metrics");
    return BerthProcess.send(HttpRequest.newBuilder(url))
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .sum();
  }

  @Test
  void aRequestIsOneTraceOverBothProcessesAndTellsNothingThatIsPersonal() {
    try (TraceCollector collector = new TraceCollector();
        BerthProcess berth =
            start(
                Map.of(
                    "OTEL_EXPORTER_OTLP_ENDPOINT",
                    collector.endpoint().toString(),
                    "OTEL_EXPORTER_OTLP_HEADERS",
                    "authorization=Bearer%20collect"))) {
      berth.get("/hello", "traceparent", traceparent(OTHER_TRACE, "00"));
      berth.get("/hello?key=a-query", "traceparent", traceparent(TRACE, "01"), "X-A", "a-header");
      await(berth, () -> collector.spans().size() >= 3);

      // Whose client does not record it leaves nothing, though it came first.
      List<Span> spans = List.copyOf(collector.spans());
      assertThat(spans).extracting(Span::trace).containsOnly(TRACE);
      Span request = the(spans, "GET /hello", SERVER);
      Span call = the(spans, "call hello", CALLER);
      Span run = the(spans, "call hello", SERVER);
      assertThat(request.parent()).isEqualTo(CLIENT);
      assertThat(call.parent()).isEqualTo(request.id());
      assertThat(run.parent()).isEqualTo(call.id());
      assertThat(List.of(request.service(), call.service(), run.service()))
          .containsExactly("berth", "berth", "berth-worker");
      assertThat(request.attributes())
          .containsEntry("http.request.method", "GET")
          .containsEntry("http.route", "/hello")
          .containsEntry("http.response.status_code", "200")
          .containsEntry("berth.outcome", "Responded");
      assertThat(run.attributes())
          .containsEntry("berth.app", berth.appIds().getFirst())
          .containsEntry("berth.function", "hello")
          .containsEntry("berth.outcome", "responded")
          .containsEntry("berth.request", request.attributes().get("berth.request"));
      assertThat(spans).noneMatch(Span::failed);
      // What the function printed is of the same trace.
      berth.awaitLine(line -> line.contains("said it") && line.contains(TRACE));

      collector.spans().clear();
      berth.get("/fail");
      await(berth, () -> collector.spans().size() >= 3);

      List<Span> failed = List.copyOf(collector.spans());
      Span begins = the(failed, "GET /fail", SERVER);
      assertThat(begins.parent()).isEmpty();
      assertThat(failed).extracting(Span::trace).containsOnly(begins.trace());
      assertThat(the(failed, "call fail", SERVER).failed()).isTrue();
      assertThat(the(failed, "call fail", SERVER).attributes())
          .containsEntry("berth.outcome", "threw")
          .containsEntry("error.type", "FunctionExecutionError");

      assertThat(String.join("", collector.bodies()))
          .contains("berth-worker")
          .doesNotContain("a-query", "a-header", "a-result", "a-message");
      assertThat(collector.credentials()).containsOnly("Bearer collect");
      assertThat(metric("berth_spans_exported_total")).isGreaterThanOrEqualTo(4);
      assertThat(metric("berth_spans_dropped_total")).isZero();
    }
  }

  @Test
  void requestsAreAnsweredWhileTheCollectorIsAwayAndWhatItMissesIsCounted() {
    Map<String, String> nobody =
        Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:" + ClusterProcesses.freePort());
    try (BerthProcess berth = start(nobody)) {
      for (int i = 0; i < 20; i++) {
        assertThat(berth.get("/hello").body()).isEqualTo("\"a-result\"");
      }

      await(berth, () -> metric("berth_spans_dropped_total") == 40);
      assertThat(metric("berth_spans_exported_total")).isZero();
      // One line of ours, and none in a form that no reader of the log expects.
      assertThat(berth.output().lines().filter(line -> line.contains("does not take traces")))
          .hasSizeBetween(1, 2)
          .allMatch(line -> line.startsWith("{"));
      assertThat(berth.output()).doesNotContain("io.opentelemetry");
    }
  }
}
