package dev.berth.catalog.bus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import java.nio.ByteBuffer;
import org.bson.BsonBinaryReader;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;

/// Hands an immutable message over as it is inside a process, and as length and BSON between
/// processes.
final class CatalogCodec implements MessageCodec<CatalogMessage, CatalogMessage> {

  static final String NAME = "berth-catalog";

  private static final BsonDocumentCodec DOCUMENTS = new BsonDocumentCodec();

  private final Form form;

  CatalogCodec(Forms forms) {
    this.form = forms.root();
  }

  @Override
  public void encodeToWire(Buffer buffer, CatalogMessage message) {
    byte[] bytes = toBytes(message);
    buffer.appendInt(bytes.length).appendBytes(bytes);
  }

  /// The message as it travels, without its length.
  ///
  /// @throws FormException when the message cannot travel between processes
  byte[] toBytes(CatalogMessage message) {
    BsonDocument document = (BsonDocument) form.write(message);
    try (BasicOutputBuffer buffer = new BasicOutputBuffer();
        BsonBinaryWriter writer = new BsonBinaryWriter(buffer)) {
      DOCUMENTS.encode(writer, document, EncoderContext.builder().build());
      return buffer.toByteArray();
    } catch (RuntimeException _) {
      // Such as a field name with a zero character; what BSON says of it may quote the content.
      throw new FormException("cannot be written as BSON");
    }
  }

  @Override
  public CatalogMessage decodeFromWire(int position, Buffer buffer) {
    return (CatalogMessage) form.read(document(position, buffer));
  }

  private static BsonDocument document(int position, Buffer buffer) {
    try {
      int start = position + Integer.BYTES;
      byte[] bytes = buffer.getBytes(start, start + buffer.getInt(position));
      try (BsonBinaryReader reader = new BsonBinaryReader(ByteBuffer.wrap(bytes))) {
        return DOCUMENTS.decode(reader, DecoderContext.builder().build());
      }
    } catch (RuntimeException _) {
      throw new FormException("is not BSON");
    }
  }

  @Override
  public CatalogMessage transform(CatalogMessage message) {
    return message;
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
