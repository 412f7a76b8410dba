/// What one app feels while another does harm.
///
/// Read [dev.berth.benchmarks.neighbours.Neighbours] first.
@NullMarked
package dev.berth.benchmarks.neighbours;

import org.jspecify.annotations.NullMarked;
