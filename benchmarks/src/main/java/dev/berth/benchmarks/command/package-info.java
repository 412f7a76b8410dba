/// The command line of `benchmarks/run`.
@NullMarked
package dev.berth.benchmarks.command;

import org.jspecify.annotations.NullMarked;
