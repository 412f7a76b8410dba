/// Tests of what starts, watches and replaces worker processes.
@NullMarked
package dev.berth.launcher.workers;

import org.jspecify.annotations.NullMarked;
