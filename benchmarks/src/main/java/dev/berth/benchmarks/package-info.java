/// Measures what Berth costs: the same load on it and on something else, in turn.
///
/// Read [dev.berth.benchmarks.Benchmark] first, then [dev.berth.benchmarks.Hello], which is the
/// simplest one. `Comparison` drives the servers, each in a process of its own.
@NullMarked
package dev.berth.benchmarks;

import org.jspecify.annotations.NullMarked;
