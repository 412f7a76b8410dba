/// Functions on the real engine.
@NullMarked
package dev.berth.jsruntime;

import org.jspecify.annotations.NullMarked;
