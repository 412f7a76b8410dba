/// Measures what Berth costs: the same load on it and on a bare Vert.x endpoint, in turn.
///
/// Read [dev.berth.benchmarks.Compare] first; it is the load generator. `BareServer` and
/// `BerthServer` are what it drives, each in a JVM of its own.
@NullMarked
package dev.berth.benchmarks;

import org.jspecify.annotations.NullMarked;
