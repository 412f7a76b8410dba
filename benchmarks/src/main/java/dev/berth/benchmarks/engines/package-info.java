/// Another GraalJS next to the one that Berth is built with: begin with `Engines`.
@NullMarked
package dev.berth.benchmarks.engines;

import org.jspecify.annotations.NullMarked;
