/// The invocation contract over the Vert.x event bus.
///
/// Read [dev.berth.invocation.bus.InvocationBus] first: it alone knows addresses, codecs,
/// delivery options and the wire version.
@NullMarked
package dev.berth.invocation.bus;

import org.jspecify.annotations.NullMarked;
