/// The API of the client SDKs, below `/api/client/v2.0`: sign-in, sessions, API keys, function
/// calls.
///
/// Read [dev.berth.gateway.clientapi.ClientApi] first for the routes and
/// [dev.berth.gateway.clientapi.ClientRequest] for the way of one request.
@NullMarked
package dev.berth.gateway.clientapi;

import org.jspecify.annotations.NullMarked;
