/// Tests of what a process records of requests and calls.
@NullMarked
package dev.berth.launcher.tracing;

import org.jspecify.annotations.NullMarked;
