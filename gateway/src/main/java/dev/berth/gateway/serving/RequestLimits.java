package dev.berth.gateway.serving;

import java.time.Duration;

/// What the gateway grants every request.
///
/// @param timeLimit how long its app code may run
public record RequestLimits(long maxRequestBytes, Duration timeLimit, Duration uploadIdleTimeout) {}
