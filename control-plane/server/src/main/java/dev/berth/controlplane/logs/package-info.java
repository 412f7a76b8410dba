/// The log of each app: what was called when, by whom, how it ended, and what it printed.
///
/// Read [dev.berth.controlplane.logs.LogQueue] first.
@NullMarked
package dev.berth.controlplane.logs;

import org.jspecify.annotations.NullMarked;
