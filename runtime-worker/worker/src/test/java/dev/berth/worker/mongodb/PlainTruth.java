package dev.berth.worker.mongodb;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// Expressions of rules and queries of the database, as far as generated ones go, said as plainly
/// as possible and without a line of the engine.
///
/// @param facts by the name after `%%`
record PlainTruth(Map<String, BsonValue> facts) {

  /// What rules may call.
  static final Set<String> FUNCTIONS = Set.of("isEven", "owns");

  /// Whether a query finds a document.
  static boolean finds(BsonDocument query, BsonDocument document) {
    return new PlainTruth(Map.of("root", document)).holds(query);
  }

  boolean holds(BsonValue expression) {
    return expression.isBoolean()
        ? expression.asBoolean().getValue()
        : expression.asDocument().entrySet().stream()
            .allMatch(part -> holds(part.getKey(), part.getValue()));
  }

  private boolean holds(String key, BsonValue value) {
    return switch (key.startsWith("%%") ? key : key.replace('%', '$')) {
      case "$and" -> value.asArray().stream().allMatch(this::holds);
      case "$or" -> value.asArray().stream().anyMatch(this::holds);
      case "$nor" -> value.asArray().stream().noneMatch(this::holds);
      case "$not" -> !holds(value);
      default -> test(at(key.startsWith("%%") ? key.substring(2) : "root." + key), value);
    };
  }

  private boolean test(List<BsonValue> left, BsonValue test) {
    if (!(test instanceof BsonDocument operators)) {
      return isEqual(left, value(test));
    }
    if (operators.get("%function") instanceof BsonDocument function) {
      return isEqual(left, called(function));
    }
    BsonValue right = value(operators.values().iterator().next());
    return switch (operators.getFirstKey()) {
      case "$ne" -> !isEqual(left, right);
      case "$gt" -> elements(left).stream().anyMatch(each -> isGreater(each, right));
      case "$lt" -> elements(left).stream().anyMatch(each -> isGreater(right, each));
      case "$in" -> right.asArray().stream().anyMatch(each -> isEqual(left, each));
      case "$exists" -> left.isEmpty() != right.asBoolean().getValue();
      default -> throw new AssertionError(operators);
    };
  }

  private BsonValue called(BsonDocument function) {
    List<BsonValue> arguments =
        function.getArray("arguments").stream()
            .map(written -> at(written.asString().getValue().substring(2)))
            .map(found -> found.isEmpty() ? BsonNull.VALUE : found.getFirst())
            .toList();
    return BsonBoolean.valueOf(holds(function.getString("name").getValue(), arguments));
  }

  /// What one of [#FUNCTIONS] answers.
  static boolean holds(String function, List<BsonValue> arguments) {
    return switch (function) {
      case "isEven" -> arguments.getFirst() instanceof BsonInt32 n && n.getValue() % 2 == 0;
      case "owns" ->
          arguments.getFirst() instanceof BsonDocument document
              && arguments.getLast().equals(document.get("owner"));
      default -> throw new AssertionError(function);
    };
  }

  private static boolean isEqual(List<BsonValue> left, BsonValue right) {
    return right.isNull()
        ? left.isEmpty() || left.contains(right)
        : elements(left).contains(right) || left.contains(right);
  }

  private static boolean isGreater(BsonValue a, BsonValue b) {
    return (a instanceof BsonInt32 x
            && b instanceof BsonInt32 y
            && Integer.compare(x.getValue(), y.getValue()) > 0)
        || (a instanceof BsonString s
            && b instanceof BsonString t
            && s.getValue().compareTo(t.getValue()) > 0);
  }

  private static List<BsonValue> elements(List<BsonValue> values) {
    List<BsonValue> elements = new ArrayList<>();
    values.forEach(
        value -> {
          if (value instanceof BsonArray array) {
            elements.addAll(array);
          } else {
            elements.add(value);
          }
        });
    return elements;
  }

  private BsonValue value(BsonValue written) {
    return written.isString() && written.asString().getValue().startsWith("%%")
        ? at(written.asString().getValue().substring(2)).getFirst()
        : written;
  }

  private List<BsonValue> at(String path) {
    List<String> names = List.of(path.split("\\."));
    return at(facts.get(names.getFirst()), names.subList(1, names.size()));
  }

  /// All values that a path leads to; none where there is no such field.
  static List<BsonValue> at(@Nullable BsonValue value, List<String> names) {
    if (value == null || names.isEmpty()) {
      return value == null ? List.of() : List.of(value);
    }
    List<BsonValue> all = new ArrayList<>();
    if (value instanceof BsonDocument document) {
      all.addAll(at(document.get(names.getFirst()), names.subList(1, names.size())));
    } else if (value instanceof BsonArray array) {
      array.stream().filter(BsonValue::isDocument).forEach(each -> all.addAll(at(each, names)));
    }
    return all;
  }
}
