package dev.berth.gateway.authorization;

import dev.berth.gateway.request.IncomingRequest;
import dev.berth.gateway.route.BoundEndpoint;
import dev.berth.invocation.Caller;
import dev.berth.invocation.RequestId;

/// A request whose caller is known, and what it asks for.
///
/// @param caller as whom the function would run
public record AuthenticatedRequest(
    RequestId id, BoundEndpoint target, IncomingRequest request, Caller caller) {}
