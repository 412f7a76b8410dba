package dev.berth.gateway.authorization;

import dev.berth.catalog.DeployedApp;
import dev.berth.gateway.route.AppConstants;
import dev.berth.invocation.Caller;
import dev.berth.invocation.RequestFacts;
import dev.berth.invocation.RequestId;
import java.util.function.Supplier;

/// A call that expressions are to decide about, of an endpoint or of a function.
///
/// @param facts made when an expression first asks for them
public record Call(
    DeployedApp app,
    AppConstants constants,
    RequestId requestId,
    Caller caller,
    Supplier<RequestFacts> facts) {}
