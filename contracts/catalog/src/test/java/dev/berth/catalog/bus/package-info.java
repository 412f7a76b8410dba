/// The catalog over the bus, in one process and in a cluster.
@NullMarked
package dev.berth.catalog.bus;

import org.jspecify.annotations.NullMarked;
