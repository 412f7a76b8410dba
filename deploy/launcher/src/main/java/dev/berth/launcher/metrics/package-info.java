/// What a process counts and measures, and where Prometheus reads it.
@NullMarked
package dev.berth.launcher.metrics;

import org.jspecify.annotations.NullMarked;
