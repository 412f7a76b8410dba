package dev.berth.launcher.tracing;

import dev.berth.invocation.TraceContext;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import org.jspecify.annotations.Nullable;

/// A step of a trace as it travels between processes, and as OpenTelemetry knows it.
final class Steps {

  static final AttributeKey<String> APP = AttributeKey.stringKey("berth.app");
  static final AttributeKey<String> REQUEST = AttributeKey.stringKey("berth.request");
  static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("berth.outcome");

  private Steps() {}

  /// What follows that step is part of it; what follows none begins a trace.
  static Context context(@Nullable TraceContext step) {
    if (step == null) {
      return Context.root();
    }
    return Context.root()
        .with(
            Span.wrap(
                SpanContext.createFromRemoteParent(
                    step.traceId(),
                    step.parentId(),
                    step.sampled() ? TraceFlags.getSampled() : TraceFlags.getDefault(),
                    TraceState.getDefault())));
  }

  /// The step that a span is.
  static TraceContext of(Span span) {
    SpanContext context = span.getSpanContext();
    return new TraceContext(context.getTraceId(), context.getSpanId(), context.isSampled());
  }
}
