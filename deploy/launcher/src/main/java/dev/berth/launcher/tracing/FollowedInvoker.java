package dev.berth.launcher.tracing;

import dev.berth.invocation.DataOperation;
import dev.berth.invocation.Invocation;
import dev.berth.invocation.Invoker;
import dev.berth.invocation.Outcome;
import dev.berth.worker.WorkerMetrics.Ending;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.vertx.core.Future;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Records each call as a span: which function of which app, and how it ended. Never what it was
/// given, what it returned or what it said.
final class FollowedInvoker implements Invoker {

  private static final AttributeKey<Long> REVISION = AttributeKey.longKey("berth.revision");
  private static final AttributeKey<String> FUNCTION = AttributeKey.stringKey("berth.function");
  private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");
  private static final String BROKEN = "broken";

  private final Invoker invoker;
  private final Tracer tracer;
  private final SpanKind kind;
  private final Function<Invocation, @Nullable Context> parents;

  /// @param parents what a call is part of; `null` for a call that is not recorded
  FollowedInvoker(
      Invoker invoker,
      Tracer tracer,
      SpanKind kind,
      Function<Invocation, @Nullable Context> parents) {
    this.invoker = invoker;
    this.tracer = tracer;
    this.kind = kind;
    this.parents = parents;
  }

  @Override
  public Future<Outcome> invoke(Invocation invocation) {
    Context parent = looksForChanges(invocation) ? null : parents.apply(invocation);
    if (parent == null) {
      return invoker.invoke(invocation);
    }
    Span span =
        tracer
            .spanBuilder("call " + invocation.function())
            .setSpanKind(kind)
            .setParent(parent)
            .setAttribute(Steps.APP, invocation.appId().value())
            .setAttribute(REVISION, invocation.revision().number())
            .setAttribute(FUNCTION, invocation.function())
            .setAttribute(Steps.REQUEST, invocation.requestId().value())
            .startSpan();
    return invoker
        .invoke(invocation.in(invocation.envelope().as(Steps.of(span))))
        .onSuccess(outcome -> describe(span, outcome))
        .onFailure(_ -> failed(span, BROKEN, BROKEN))
        .onComplete(_ -> span.end());
  }

  /// A watch makes one a second for as long as it is open.
  private static boolean looksForChanges(Invocation invocation) {
    return invocation instanceof Invocation.DataCall call
        && call.operation() == DataOperation.CHANGES;
  }

  private static void describe(Span span, Outcome outcome) {
    String ending = Ending.of(outcome).name().toLowerCase(Locale.ROOT);
    switch (outcome) {
      case Outcome.Returned _, Outcome.Responded _ -> span.setAttribute(Steps.OUTCOME, ending);
      case Outcome.Threw(String code, _) -> failed(span, ending, code);
      case Outcome.OverLimit(var limit, _) ->
          failed(span, ending, limit.name().toLowerCase(Locale.ROOT));
      case Outcome.NotFound _, Outcome.Unavailable _, Outcome.Lost _ ->
          failed(span, ending, ending);
    }
  }

  private static void failed(Span span, String ending, String error) {
    span.setAttribute(Steps.OUTCOME, ending).setAttribute(ERROR, error).setStatus(StatusCode.ERROR);
  }
}
