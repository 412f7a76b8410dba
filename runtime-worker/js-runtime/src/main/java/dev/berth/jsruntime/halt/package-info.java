/// Stops app code for a moment, wherever it is, so that a shortage of memory does not grow while
/// somebody looks at it.
///
/// Begin with [dev.berth.jsruntime.halt.GuestHalt].
@NullMarked
package dev.berth.jsruntime.halt;

import org.jspecify.annotations.NullMarked;
