/// Tests of the bounds that are built into the engine.
@NullMarked
package dev.berth.jsruntime.bounds;

import org.jspecify.annotations.NullMarked;
