package dev.berth.invocation.bus;

import dev.berth.invocation.Invocation;
import io.vertx.core.buffer.Buffer;

/// An invocation on its way to a worker.
///
/// It is written before it is posted: what cannot be written must fail there, and not in the bus
/// while that is busy with the calls of others.
///
/// @param wire as it goes, should it leave this process
record Posted(Invocation invocation, Buffer wire) {

  /// @param version in which it is written
  /// @throws RuntimeException when it cannot be written
  static Posted of(Invocation invocation, int version) {
    Buffer wire = Buffer.buffer();
    WireFormat.append(wire, InvocationForm.write(invocation, version));
    return new Posted(invocation, wire);
  }
}
