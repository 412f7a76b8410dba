package dev.berth.invocation.bus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;

/// Hands an outcome over as it is inside a process, and as length and BSON between processes.
final class OutcomeCodec implements MessageCodec<Answered, SentOutcome> {

  static final String NAME = "berth-outcome";

  @Override
  public void encodeToWire(Buffer buffer, Answered answered) {
    answered.appendTo(buffer);
  }

  @Override
  public SentOutcome decodeFromWire(int position, Buffer buffer) {
    return new SentOutcome.Encoded(WireFormat.bytesAt(position, buffer));
  }

  @Override
  public SentOutcome transform(Answered answered) {
    return new SentOutcome.Whole(answered.outcome());
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
