package dev.berth.invocation.bus;

import dev.berth.invocation.Invocation;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;

/// Hands an invocation over as it is inside a process, and as length and BSON between processes.
final class InvocationCodec implements MessageCodec<Posted, Invocation> {

  static final String NAME = "berth-invocation";

  @Override
  public void encodeToWire(Buffer buffer, Posted posted) {
    buffer.appendBuffer(posted.wire());
  }

  @Override
  public Invocation decodeFromWire(int position, Buffer buffer) {
    return InvocationForm.read(WireFormat.fromBytes(WireFormat.bytesAt(position, buffer)));
  }

  @Override
  public Invocation transform(Posted posted) {
    return posted.invocation();
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
