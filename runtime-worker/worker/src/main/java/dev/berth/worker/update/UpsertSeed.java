package dev.berth.worker.update;

import java.util.List;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonRegularExpression;
import org.bson.BsonValue;

/// What an upsert that finds nothing takes from its query: the fields that had to be equal to
/// one value.
public final class UpsertSeed {

  private final BsonDocument fields = new BsonDocument();
  private final PathSet paths = new PathSet();
  private final Edit edit = new Edit(fields, 0, new Effort());

  private UpsertSeed() {}

  public static BsonDocument of(BsonDocument query) {
    var seed = new UpsertSeed();
    seed.addQuery(query);
    return seed.fields;
  }

  private void addQuery(BsonDocument query) {
    for (Map.Entry<String, BsonValue> part : query.entrySet()) {
      if (part.getKey().equals("$and") || isSingleOr(part)) {
        for (BsonValue inner : part.getValue().asArray()) {
          addQuery(inner.asDocument());
        }
      } else if (!part.getKey().startsWith("$")) {
        addField(part.getKey(), part.getValue());
      }
    }
  }

  private static boolean isSingleOr(Map.Entry<String, BsonValue> part) {
    return part.getKey().equals("$or")
        && part.getValue() instanceof BsonArray array
        && array.size() == 1;
  }

  private void addField(String path, BsonValue value) {
    if (!(value instanceof BsonDocument operators) || !Operators.isOperators(operators)) {
      if (!(value instanceof BsonRegularExpression)) {
        put(path, value);
      }
      return;
    }
    BsonValue equal = operators.get("$eq");
    if (equal != null) {
      put(path, equal);
    }
    BsonValue all = operators.get("$all");
    if (all instanceof BsonArray array && array.size() == 1 && !array.getFirst().isDocument()) {
      put(path, array.getFirst());
    }
  }

  private void put(String path, BsonValue value) {
    List<String> parts = FieldPath.parse(path).parts();
    try {
      paths.add(parts);
    } catch (UpdateRefused conflict) {
      throw new UpdateRefused(
          UpdateRefused.NOT_SINGLE_VALUE,
          "cannot infer query fields to set, path '" + path + "' is matched twice");
    }
    edit.apply(parts, new ValueChange.Set(value));
  }
}
