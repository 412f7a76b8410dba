package dev.berth.launcher.tracing;

import dev.berth.appmodel.AppId;
import dev.berth.gateway.serving.RequestMetrics;
import dev.berth.invocation.RequestId;
import dev.berth.invocation.TraceContext;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The requests that a gateway has not answered yet, each as a span from its first line to the
/// last byte of the reply. Nothing of its URL but the route, and nothing of its body or headers.
/// Safe from any thread.
final class RequestSpans {

  private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
  private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
  private static final AttributeKey<Long> STATUS =
      AttributeKey.longKey("http.response.status_code");

  private static final String OTHER_METHOD = "_OTHER";
  private static final int SERVER_ERROR = 500;

  private final Tracer tracer;
  private final Map<RequestId, Open> open = new ConcurrentHashMap<>();

  private record Open(Span span, String method) {}

  RequestSpans(Tracer tracer) {
    this.tracer = tracer;
  }

  void begin(RequestId id, HttpServerRequest request) {
    String method = nameOf(request.method());
    Span span =
        tracer
            .spanBuilder(method)
            .setSpanKind(SpanKind.SERVER)
            .setParent(Steps.context(TraceContext.read(request.getHeader(TraceContext.HEADER))))
            .setAttribute(METHOD, method)
            .setAttribute(Steps.REQUEST, id.value())
            .startSpan();
    open.put(id, new Open(span, method));
  }

  /// A client may write any word, and each name of a span takes room where traces are kept.
  private static String nameOf(HttpMethod method) {
    return HttpMethod.values().contains(method) ? method.name() : OTHER_METHOD;
  }

  /// What calls of that request are part of; `null` when it is over, or was none of this gateway.
  @Nullable Context contextOf(RequestId id) {
    Open request = open.get(id);
    return request == null ? null : Context.root().with(request.span());
  }

  void end(RequestId id, RequestMetrics.Ending ending) {
    Open request = open.remove(id);
    if (request == null) {
      return;
    }
    Span span = request.span();
    AppId app = ending.app();
    if (app != null) {
      span.setAttribute(Steps.APP, app.value());
    }
    String route = ending.route();
    if (route != null) {
      span.setAttribute(ROUTE, route).updateName(request.method() + " " + route);
    }
    span.setAttribute(STATUS, (long) ending.status());
    span.setAttribute(Steps.OUTCOME, ending.outcome());
    if (ending.status() >= SERVER_ERROR) {
      span.setStatus(StatusCode.ERROR);
    }
    span.end();
  }
}
