/// A request as functions see it: decoded query, canonical header names, raw body bytes.
///
/// Read [dev.berth.gateway.request.IncomingRequest] first.
@NullMarked
package dev.berth.gateway.request;

import org.jspecify.annotations.NullMarked;
