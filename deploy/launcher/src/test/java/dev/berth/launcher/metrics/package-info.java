/// Tests of what a process counts and measures.
@NullMarked
package dev.berth.launcher.metrics;

import org.jspecify.annotations.NullMarked;
