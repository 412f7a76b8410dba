/// How deep app code may call.
///
/// Read [dev.berth.jsruntime.frames.FrameLimit] first.
@NullMarked
package dev.berth.jsruntime.frames;

import org.jspecify.annotations.NullMarked;
