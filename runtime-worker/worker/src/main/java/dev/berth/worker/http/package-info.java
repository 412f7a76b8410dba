/// The HTTP client of app code: requests to other hosts, within limits and within what the
/// operator allows.
///
/// Read [dev.berth.worker.http.HttpService] first.
@NullMarked
package dev.berth.worker.http;

import org.jspecify.annotations.NullMarked;
