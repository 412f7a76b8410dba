package dev.berth.invocation.bus;

import dev.berth.invocation.Invocation;
import dev.berth.invocation.Outcome;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import java.util.function.Function;
import org.bson.BsonDocument;

/// Hands an immutable record over as it is inside a process, and as length and BSON between
/// processes.
final class RecordCodec<T> implements MessageCodec<T, T> {

  static final String INVOCATION = "berth-invocation";
  static final String OUTCOME = "berth-outcome";

  private final String name;
  private final Function<T, BsonDocument> write;
  private final Function<BsonDocument, T> read;

  private RecordCodec(
      String name, Function<T, BsonDocument> write, Function<BsonDocument, T> read) {
    this.name = name;
    this.write = write;
    this.read = read;
  }

  static RecordCodec<Invocation> ofInvocations() {
    return new RecordCodec<>(INVOCATION, InvocationForm::write, InvocationForm::read);
  }

  static RecordCodec<Outcome> ofOutcomes() {
    return new RecordCodec<>(OUTCOME, OutcomeForm::write, OutcomeForm::read);
  }

  @Override
  public void encodeToWire(Buffer buffer, T message) {
    byte[] bytes = WireFormat.toBytes(write.apply(message));
    buffer.appendInt(bytes.length).appendBytes(bytes);
  }

  @Override
  public T decodeFromWire(int position, Buffer buffer) {
    int length = buffer.getInt(position);
    return read.apply(
        WireFormat.fromBytes(
            buffer.getBytes(position + Integer.BYTES, position + Integer.BYTES + length)));
  }

  @Override
  public T transform(T message) {
    return message;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }
}
