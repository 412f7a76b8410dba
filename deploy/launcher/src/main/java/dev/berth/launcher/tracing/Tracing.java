package dev.berth.launcher.tracing;

import dev.berth.gateway.serving.RequestMetrics;
import dev.berth.invocation.Invocation;
import dev.berth.invocation.Invoker;
import dev.berth.invocation.TraceContext;
import dev.berth.launcher.settings.TraceSettings;
import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What one process records of requests and calls, and sends to a collector; nothing at all when
/// there is none. Safe from any thread.
public final class Tracing implements AutoCloseable {

  /// Records nothing.
  public static final Tracing NONE = new Tracing(null);

  private static final Duration EXPORT = Duration.ofSeconds(10);

  private final @Nullable Recording recording;

  /// @param tracer makes spans
  /// @param requests those of requests that are not over
  /// @param queue spans that have ended
  private record Recording(Tracer tracer, RequestSpans requests, SpanQueue queue) {}

  private Tracing(@Nullable Recording recording) {
    this.recording = recording;
  }

  /// Begins to record.
  ///
  /// @param settings `null` for nothing
  /// @param service that this process is, such as `berth-gateway`
  public static Tracing to(@Nullable TraceSettings settings, String service) {
    return settings == null ? NONE : new Tracing(record(settings, service));
  }

  private static Recording record(TraceSettings settings, String service) {
    QuietLibrary.hush();
    var exporter =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(settings.spansUrl())
            .setTimeout(EXPORT)
            .setConnectTimeout(EXPORT)
            // What comes after has to wait, and there is only so much room for it.
            .setRetryPolicy(null)
            .setMeterProvider(MeterProvider.noop());
    settings.headers().forEach(exporter::addHeader);
    SpanQueue queue = new SpanQueue(exporter.build()).started();
    SdkTracerProvider provider =
        SdkTracerProvider.builder()
            .setResource(Resource.getDefault().toBuilder().put("service.name", service).build())
            // What a client or a gateway has decided is decided.
            .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(settings.percent() / 100.0)))
            .addSpanProcessor(queue)
            .build();
    Tracer tracer = provider.get("dev.berth");
    return new Recording(tracer, new RequestSpans(tracer), queue);
  }

  /// Whether anything is recorded.
  public boolean isOn() {
    return recording != null;
  }

  /// Follows the requests of a gateway.
  public RequestMetrics requests(RequestMetrics metrics) {
    return recording == null ? metrics : new FollowedRequests(recording.requests(), metrics);
  }

  /// Follows calls where they are made.
  public Invoker calls(Invoker invoker) {
    return recording == null
        ? invoker
        : new FollowedInvoker(
            invoker,
            recording.tracer(),
            SpanKind.CLIENT,
            call -> whereCalled(recording.requests(), call));
  }

  private static Context whereCalled(RequestSpans requests, Invocation call) {
    Context request = requests.contextOf(call.requestId());
    return request != null ? request : Steps.context(call.trace());
  }

  /// Follows calls where they run, as part of the steps of those who made them.
  public Invoker runs(Invoker invoker) {
    return recording == null
        ? invoker
        : new FollowedInvoker(invoker, recording.tracer(), SpanKind.SERVER, Tracing::whereRun);
  }

  private static @Nullable Context whereRun(Invocation call) {
    TraceContext step = call.envelope().step();
    return step == null ? null : Steps.context(step);
  }

  /// Spans that the collector took.
  public long exportedSpans() {
    return recording == null ? 0 : recording.queue().exported();
  }

  /// Spans that were dropped, because there were too many or the collector did not take them.
  public long droppedSpans() {
    return recording == null ? 0 : recording.queue().dropped();
  }

  /// Sends what has ended, as far as that takes no longer than a moment. Blocks.
  @Override
  public void close() {
    if (recording != null) {
      recording.queue().close();
    }
  }
}
