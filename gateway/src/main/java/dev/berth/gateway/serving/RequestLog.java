package dev.berth.gateway.serving;

import dev.berth.appmodel.AppId;
import dev.berth.catalog.DeployedApp;
import dev.berth.invocation.Outcome;
import dev.berth.invocation.RequestId;
import dev.berth.invocation.TraceContext;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/// What one request leaves in the log. Never its query, its body or a value of
/// its headers, but for the name of its trace.
public final class RequestLog {

  private static final Logger LOG = LoggerFactory.getLogger(RequestLog.class);

  private final RequestId id;
  private final HttpServerRequest request;
  private final long startedNanos = System.nanoTime();
  private @Nullable DeployedApp app;
  private @Nullable String route;

  RequestLog(RequestId id, HttpServerRequest request) {
    this.id = id;
    this.request = request;
  }

  /// What the request turned out to be for.
  ///
  /// @param found as it is written in a table of routes, not as it came
  public void target(DeployedApp of, String found) {
    this.app = of;
    this.route = found;
  }

  /// The app it is for; `null` as long as none is known.
  @Nullable AppId app() {
    return app == null ? null : app.id();
  }

  /// How it ended, for who follows it.
  RequestMetrics.Ending ending(int status, String outcome) {
    return new RequestMetrics.Ending(app(), route, status, outcome);
  }

  /// Most outcomes are the app's business; these two are the operator's.
  public void outcome(Outcome outcome) {
    switch (outcome) {
      case Outcome.Unavailable(String reason, _) ->
          facts(LOG.atWarn()).addKeyValue("reason", reason).log("request not taken by any worker");
      case Outcome.Lost(String reason) ->
          facts(LOG.atWarn()).addKeyValue("reason", reason).log("request lost with its worker");
      case Outcome.Returned(_),
          Outcome.Responded(_, _, _),
          Outcome.Threw(_, _),
          Outcome.OverLimit(_, _),
          Outcome.NotFound(_) -> {}
    }
  }

  /// The request was not let in.
  ///
  /// @param why as much as an operator may know: no credential, no address
  public void refused(String message, String why) {
    facts(LOG.atInfo()).addKeyValue("reason", why).log(message);
  }

  void failed(Throwable cause) {
    facts(LOG.atError()).setCause(cause).log("request failed");
  }

  /// The request was answered; gives how long it took, in ns.
  long ended(String outcome) {
    long nanos = System.nanoTime() - startedNanos;
    if (LOG.isDebugEnabled()) {
      facts(LOG.atDebug())
          .addKeyValue("outcome", outcome)
          .addKeyValue("durationMs", nanos / 1_000_000)
          .log("request ended");
    }
    return nanos;
  }

  private LoggingEventBuilder facts(LoggingEventBuilder event) {
    LoggingEventBuilder named = event.addKeyValue("requestId", id);
    TraceContext trace = TraceContext.read(request.getHeader(TraceContext.HEADER));
    if (trace != null) {
      named = named.addKeyValue("traceId", trace.traceId());
    }
    if (app != null) {
      named = named.addKeyValue("appId", app.id()).addKeyValue("revision", app.revision());
    }
    return route == null ? named : named.addKeyValue("route", route);
  }
}
