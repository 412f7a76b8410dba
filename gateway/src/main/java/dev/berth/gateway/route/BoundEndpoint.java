package dev.berth.gateway.route;

import dev.berth.appmodel.Endpoint;
import dev.berth.appmodel.FunctionDefinition;
import dev.berth.catalog.DeployedApp;
import org.jspecify.annotations.Nullable;

/// An endpoint of one app revision with the function that it names.
///
/// @param function `null` when the revision has no function of that name
public record BoundEndpoint(
    DeployedApp app, Endpoint endpoint, @Nullable FunctionDefinition function) {}
