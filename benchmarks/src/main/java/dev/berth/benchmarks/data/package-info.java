/// What data under rules cost. Read [dev.berth.benchmarks.data.Rules] first.
@NullMarked
package dev.berth.benchmarks.data;

import org.jspecify.annotations.NullMarked;
