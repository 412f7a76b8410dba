/// How large one value of app code may get: bounds that are built into the JavaScript engine, so
/// that no single operation can fill the heap or hold its thread for long.
///
/// Read [dev.berth.jsruntime.bounds.ValueBounds] first.
@NullMarked
package dev.berth.jsruntime.bounds;

import org.jspecify.annotations.NullMarked;
