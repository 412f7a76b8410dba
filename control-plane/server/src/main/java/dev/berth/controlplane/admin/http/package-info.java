/// The Admin API as HTTP: requests, answers, routes, and which refusal has which status.
///
/// Read [dev.berth.controlplane.admin.http.Route] first.
@NullMarked
package dev.berth.controlplane.admin.http;

import org.jspecify.annotations.NullMarked;
