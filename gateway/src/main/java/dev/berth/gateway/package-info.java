/// Where HTTP ends: a request comes in, an invocation goes out, its outcome becomes the response.
///
/// Read [dev.berth.gateway.Gateway] first, then `endpoint.CallInProgress`, which is the story of
/// one request. App code never runs here.
@NullMarked
package dev.berth.gateway;

import org.jspecify.annotations.NullMarked;
