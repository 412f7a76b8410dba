/// How app code reaches other hosts: requests and connections, within limits and within what the
/// operator allows.
///
/// Read [dev.berth.worker.http.OutboundServices] first.
@NullMarked
package dev.berth.worker.http;

import org.jspecify.annotations.NullMarked;
