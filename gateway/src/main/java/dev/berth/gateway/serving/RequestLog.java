package dev.berth.gateway.endpoint;

import dev.berth.gateway.route.BoundEndpoint;
import dev.berth.invocation.Outcome;
import dev.berth.invocation.RequestId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/// What one request leaves in the log. Never its query, its header values or its body.
final class CallLog {

  private static final Logger LOG = LoggerFactory.getLogger(CallLog.class);

  private final RequestId id;
  private final long startedNanos = System.nanoTime();
  private @Nullable BoundEndpoint target;

  CallLog(RequestId id) {
    this.id = id;
  }

  void target(BoundEndpoint found) {
    this.target = found;
  }

  /// Most outcomes are the app's business; these three are the operator's.
  void outcome(Outcome outcome) {
    switch (outcome) {
      case Outcome.Unavailable(String reason) ->
          facts(LOG.atWarn()).addKeyValue("reason", reason).log("request not taken by any worker");
      case Outcome.Lost(String reason) ->
          facts(LOG.atWarn()).addKeyValue("reason", reason).log("request lost with its worker");
      case Outcome.Returned(_) ->
          facts(LOG.atError()).log("an endpoint call ended as if it were a function call");
      case Outcome.Responded(_, _, _),
          Outcome.Threw(_, _),
          Outcome.OverLimit(_, _),
          Outcome.NotFound(_) -> {}
    }
  }

  void failed(Throwable cause) {
    facts(LOG.atError()).setCause(cause).log("request failed");
  }

  void ended(String outcome) {
    if (LOG.isDebugEnabled()) {
      facts(LOG.atDebug())
          .addKeyValue("outcome", outcome)
          .addKeyValue("durationMs", (System.nanoTime() - startedNanos) / 1_000_000)
          .log("request ended");
    }
  }

  private LoggingEventBuilder facts(LoggingEventBuilder event) {
    LoggingEventBuilder named = event.addKeyValue("requestId", id);
    return target == null
        ? named
        : named
            .addKeyValue("appId", target.app().id())
            .addKeyValue("revision", target.app().revision())
            .addKeyValue("route", target.endpoint().route());
  }
}
