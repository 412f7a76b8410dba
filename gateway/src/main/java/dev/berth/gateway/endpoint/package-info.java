/// The way of one request to a custom HTTPS endpoint: admission, stages, invocation, reply.
///
/// Read [dev.berth.gateway.endpoint.CallInProgress] first. A new check of requests is a new
/// [dev.berth.gateway.endpoint.Stage].
@NullMarked
package dev.berth.gateway.endpoint;

import org.jspecify.annotations.NullMarked;
