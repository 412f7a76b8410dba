package dev.berth.invocation.bus;

import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import org.bson.BsonBinaryReader;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;

/// The bytes of a message: one BSON document, because values of functions are BSON already.
///
/// A field may be added without a new version when a reader that does not know it may ignore it.
final class WireFormat {

  static final int VERSION = 3;

  private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

  private WireFormat() {}

  static byte[] toBytes(BsonDocument document) {
    try (BasicOutputBuffer buffer = new BasicOutputBuffer();
        BsonBinaryWriter writer = new BsonBinaryWriter(buffer)) {
      CODEC.encode(writer, document, EncoderContext.builder().build());
      return buffer.toByteArray();
    }
  }

  static BsonDocument fromBytes(byte[] bytes) {
    try (BsonBinaryReader reader = new BsonBinaryReader(ByteBuffer.wrap(bytes))) {
      return CODEC.decode(reader, DecoderContext.builder().build());
    }
  }

  /// Appends a document with its length before it.
  static void append(Buffer buffer, BsonDocument document) {
    byte[] bytes = toBytes(document);
    buffer.appendInt(bytes.length).appendBytes(bytes);
  }

  /// The bytes of the document that [#append] put at a position.
  static byte[] bytesAt(int position, Buffer buffer) {
    int begin = position + Integer.BYTES;
    return buffer.getBytes(begin, begin + buffer.getInt(position));
  }
}
