/// Which endpoint a URL means: one immutable table per app revision, replaced when a revision
/// goes live.
///
/// Read [dev.berth.gateway.route.AppRouting] first.
@NullMarked
package dev.berth.gateway.route;

import org.jspecify.annotations.NullMarked;
