/// What becomes of Berth when it serves and deploys for long: begin with `Soak`.
@NullMarked
package dev.berth.benchmarks.soak;

import org.jspecify.annotations.NullMarked;
