package dev.berth.launcher.cluster;

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

/// The documents that processes send each other, as they are, under the name of one of their
/// codecs.
record RawDocumentCodec(String name) implements MessageCodec<BsonDocument, BsonDocument> {

  private static final BsonDocumentCodec DOCUMENTS = new BsonDocumentCodec();

  @Override
  public void encodeToWire(Buffer buffer, BsonDocument document) {
    try (BasicOutputBuffer out = new BasicOutputBuffer();
        BsonBinaryWriter writer = new BsonBinaryWriter(out)) {
      DOCUMENTS.encode(writer, document, EncoderContext.builder().build());
      byte[] bytes = out.toByteArray();
      buffer.appendInt(bytes.length).appendBytes(bytes);
    }
  }

  @Override
  public BsonDocument decodeFromWire(int position, Buffer buffer) {
    int begin = position + Integer.BYTES;
    byte[] bytes = buffer.getBytes(begin, begin + buffer.getInt(position));
    try (BsonBinaryReader reader = new BsonBinaryReader(ByteBuffer.wrap(bytes))) {
      return DOCUMENTS.decode(reader, DecoderContext.builder().build());
    }
  }

  @Override
  public BsonDocument transform(BsonDocument document) {
    return document;
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }
}
