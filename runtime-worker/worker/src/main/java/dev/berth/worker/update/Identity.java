package dev.berth.worker.update;

import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;

/// Whether documents are the same as they are stored: their types and the order of fields, too.
final class Identity {

  private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

  private Identity() {}

  static boolean same(BsonDocument a, BsonDocument b) {
    return stored(a).getByteBuffer().asNIO().equals(stored(b).getByteBuffer().asNIO());
  }

  private static RawBsonDocument stored(BsonDocument document) {
    return new RawBsonDocument(document, CODEC);
  }
}
