package dev.berth.rules.access;

import java.util.Iterator;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// Whether a write has left a value as it was: its type and the order of fields, too.
final class Sameness {

  private Sameness() {}

  /// @param a nothing where there is no such field
  static boolean same(@Nullable BsonValue a, @Nullable BsonValue b) {
    return switch (a) {
      case null -> b == null;
      case BsonDocument document -> b instanceof BsonDocument other && sameFields(document, other);
      case BsonArray array -> b instanceof BsonArray other && sameElements(array, other);
      default -> a.equals(b);
    };
  }

  private static boolean sameFields(BsonDocument a, BsonDocument b) {
    if (a.size() != b.size()) {
      return false;
    }
    Iterator<Map.Entry<String, BsonValue>> others = b.entrySet().iterator();
    for (Map.Entry<String, BsonValue> field : a.entrySet()) {
      Map.Entry<String, BsonValue> other = others.next();
      if (!field.getKey().equals(other.getKey()) || !same(field.getValue(), other.getValue())) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameElements(BsonArray a, BsonArray b) {
    if (a.size() != b.size()) {
      return false;
    }
    for (int i = 0; i < a.size(); i++) {
      if (!same(a.get(i), b.get(i))) {
        return false;
      }
    }
    return true;
  }
}
