package dev.berth.worker.mongodb;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;

/// Finds a document only as long as it is exactly the one that was read.
///
/// It is compared field by field, and by how many fields it has. The embedded server compares
/// arrays in expressions by their least elements, and an empty one with nothing as the same: so
/// fields with arrays are compared by a query.
final class SameDocument {

  private static final BsonString ROOT = new BsonString("$$ROOT");

  private SameDocument() {}

  static BsonDocument query(BsonDocument stored) {
    BsonValue id = stored.get("_id", BsonNull.VALUE);
    BsonDocument query = new BsonDocument("_id", new BsonDocument("$eq", id));
    if (!stored.keySet().stream().allMatch(SameDocument::isPlain)) {
      return query.append("$expr", equal(ROOT, stored));
    }
    List<BsonValue> expressions = new ArrayList<>();
    expressions.add(
        operator(
            "$eq",
            operator("$size", operator("$objectToArray", ROOT)),
            new BsonInt32(stored.size())));
    for (Map.Entry<String, BsonValue> field : stored.entrySet()) {
      BsonValue value = field.getValue();
      BsonString path = new BsonString("$" + field.getKey());
      BsonDocument isArray = operator("$isArray", new BsonArray(List.of(path)));
      expressions.add(
          value.isArray() ? isArray : operator("$not", new BsonArray(List.of(isArray))));
      if (hasArrays(value)) {
        query.append(field.getKey(), same(value));
      } else {
        expressions.add(equal(path, value));
      }
      if (value.isNull()) {
        // To the embedded server what is missing is null, too.
        query.append(field.getKey(), new BsonDocument("$exists", BsonBoolean.TRUE));
      }
    }
    return query.append("$expr", operator("$and", new BsonArray(expressions)));
  }

  /// A query for a value with arrays. To a query an array is also what has that array among its
  /// elements: but no array is an element of itself.
  private static BsonDocument same(BsonValue value) {
    BsonDocument same = new BsonDocument("$eq", value);
    if (value.isArray()) {
      same.append("$not", operator("$elemMatch", new BsonDocument("$eq", value)));
    }
    return same;
  }

  /// Whether a name means a field and no path, wherever it stands.
  private static boolean isPlain(String name) {
    return !name.isEmpty() && !name.startsWith("$") && !name.contains(".");
  }

  private static boolean hasArrays(BsonValue value) {
    return value.isArray()
        || (value.isDocument()
            && value.asDocument().values().stream().anyMatch(SameDocument::hasArrays));
  }

  private static BsonDocument equal(BsonValue path, BsonValue value) {
    return operator("$eq", path, new BsonDocument("$literal", value));
  }

  private static BsonDocument operator(String name, BsonValue... operands) {
    return new BsonDocument(
        name, operands.length == 1 ? operands[0] : new BsonArray(List.of(operands)));
  }
}
