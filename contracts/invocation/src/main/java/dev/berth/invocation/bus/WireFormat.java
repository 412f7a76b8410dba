package dev.berth.invocation.bus;

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

  static final int VERSION = 2;

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
}
