package dev.berth.gateway.endpoint;

import dev.berth.gateway.request.IncomingRequest;
import dev.berth.gateway.route.BoundEndpoint;
import dev.berth.invocation.Caller;
import dev.berth.invocation.RequestId;

/// What the stages know of a request.
///
/// @param caller nobody, until a stage has found out
public record Exchange(
    RequestId requestId, BoundEndpoint target, IncomingRequest request, Caller caller) {

  Exchange as(Caller found) {
    return new Exchange(requestId, target, request, found);
  }
}
