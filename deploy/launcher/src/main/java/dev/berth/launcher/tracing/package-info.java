/// What Berth records of requests and calls for those who follow traces, and how it gets to them.
///
/// Read [dev.berth.launcher.tracing.Tracing] first.
@NullMarked
package dev.berth.launcher.tracing;

import org.jspecify.annotations.NullMarked;
