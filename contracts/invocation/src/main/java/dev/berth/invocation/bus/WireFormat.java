package dev.berth.invocation.bus;

import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import org.bson.BsonBinaryReader;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.jspecify.annotations.Nullable;

/// The bytes of a message: one BSON document, because values of functions are BSON already.
///
/// Processes of two versions that follow each other work together, so that a cluster is upgraded
/// while it serves: each reads its own version and the one before, and says to a process of the
/// one before only what that one knows. Version 4 added the step of a trace, the region where a
/// worker is missing, and functions that are not deployed.
final class WireFormat {

  /// One more with each change that a reader has to know of.
  static final int VERSION = 4;

  /// The only other one that is read, and written for those who know no later one.
  static final int PREVIOUS = VERSION - 1;

  /// Whose processes did not say yet which version they have.
  static final int UNSAID = 3;

  /// The header of a message, and the field of what a worker says of itself, with the version of
  /// who sends it.
  static final String SAID = "wire";

  private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

  private WireFormat() {}

  /// Whether this process works together with those of that version.
  static boolean isUnderstood(int version) {
    return version >= PREVIOUS && version <= VERSION + 1;
  }

  /// What is said to a process of that version.
  static int spokenWith(int version) {
    return Math.min(VERSION, version);
  }

  /// The version that somebody says in a header.
  static int said(@Nullable String header) {
    return header == null ? UNSAID : Integer.parseInt(header);
  }

  static byte[] toBytes(BsonDocument document) {
    try (TextOutput buffer = new TextOutput();
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
