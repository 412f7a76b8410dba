package dev.berth.gateway.endpoint;

import dev.berth.gateway.request.IncomingRequest;
import dev.berth.gateway.route.BoundEndpoint;
import dev.berth.invocation.Caller;
import dev.berth.invocation.RequestId;
import org.slf4j.spi.LoggingEventBuilder;

/// What the stages know of a request.
///
/// @param caller nobody, until a stage has found out
public record Exchange(
    RequestId requestId, BoundEndpoint target, IncomingRequest request, Caller caller) {

  /// Adds what a log line says of the request.
  LoggingEventBuilder facts(LoggingEventBuilder event) {
    return event
        .addKeyValue("appId", target.app().id())
        .addKeyValue("revision", target.app().revision())
        .addKeyValue("route", target.endpoint().route())
        .addKeyValue("requestId", requestId);
  }

  Exchange as(Caller found) {
    return new Exchange(requestId, target, request, found);
  }
}
