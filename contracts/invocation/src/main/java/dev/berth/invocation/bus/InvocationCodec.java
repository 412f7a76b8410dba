package dev.berth.invocation.bus;

import dev.berth.invocation.Invocation;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;

/// Hands an invocation over as it is inside a process, and as length and BSON between processes.
final class InvocationCodec implements MessageCodec<Invocation, Invocation> {

  static final String NAME = "berth-invocation";

  @Override
  public void encodeToWire(Buffer buffer, Invocation invocation) {
    WireFormat.append(buffer, InvocationForm.write(invocation));
  }

  @Override
  public Invocation decodeFromWire(int position, Buffer buffer) {
    return InvocationForm.read(WireFormat.fromBytes(WireFormat.bytesAt(position, buffer)));
  }

  @Override
  public Invocation transform(Invocation invocation) {
    return invocation;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }
}
