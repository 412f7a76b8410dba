package dev.berth.gateway.serving;

import java.time.Duration;

/// What the gateway grants every request.
///
/// @param timeLimit how long its app code may run
/// @param maxConcurrentRequestsPerApp of all listeners of the process together
public record RequestLimits(
    long maxRequestBytes,
    Duration timeLimit,
    Duration uploadIdleTimeout,
    int maxConcurrentRequestsPerApp) {}
