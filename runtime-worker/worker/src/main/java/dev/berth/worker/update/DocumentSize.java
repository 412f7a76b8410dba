package dev.berth.worker.update;

import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;

/// Whether a document fits into the database, without writing it: one value may stand in it
/// thousands of times and take room only once here.
final class DocumentSize {

  private static final long LARGEST = 16L * 1024 * 1024;

  private long bytes;

  private DocumentSize() {}

  /// @throws UpdateRefused when the database would not take it
  static void check(BsonDocument document) {
    new DocumentSize().add(document);
  }

  private void add(BsonValue value) {
    switch (value) {
      case BsonDocument document -> {
        for (Map.Entry<String, BsonValue> field : document.entrySet()) {
          grow(field.getKey().length() + 2L);
          add(field.getValue());
        }
      }
      case BsonArray array -> {
        for (BsonValue element : array) {
          grow(3);
          add(element);
        }
      }
      case BsonString text -> grow(text.getValue().length() + 5L);
      case BsonBinary binary -> grow(binary.getData().length + 5L);
      default -> {}
    }
  }

  private void grow(long more) {
    bytes += more;
    if (bytes > LARGEST) {
      throw new UpdateRefused(
          UpdateRefused.TOO_LARGE, "the document is larger than the database accepts");
    }
  }
}
