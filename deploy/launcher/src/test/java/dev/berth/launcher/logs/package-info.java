/// Tests of how lines of the log are written.
@NullMarked
package dev.berth.launcher.logs;

import org.jspecify.annotations.NullMarked;
