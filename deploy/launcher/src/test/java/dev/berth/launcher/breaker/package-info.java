/// Tests of what breaks an app off and takes it back, with a clock that stands still.
@NullMarked
package dev.berth.launcher.breaker;

import org.jspecify.annotations.NullMarked;
