/// Work that app code has the host do while it waits: text in, text out, bounded by its input.
///
/// Read [dev.berth.jsruntime.compute.Computation] first.
@NullMarked
package dev.berth.jsruntime.compute;

import org.jspecify.annotations.NullMarked;
