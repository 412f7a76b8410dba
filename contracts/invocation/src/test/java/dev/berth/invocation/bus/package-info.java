/// Invocations over the bus.
@NullMarked
package dev.berth.invocation.bus;

import org.jspecify.annotations.NullMarked;
