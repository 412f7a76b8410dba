package dev.berth.rules;

import dev.berth.rules.Condition.Order;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// A path into stored documents that means to a query of MongoDB what it means to an expression,
/// and the tests of it that do.
///
/// @param names without a number, which a query would take for an index at other places
record StoredPath(List<String> names) {

  /// The path, or `null` when a query would follow it in another way.
  static @Nullable StoredPath of(List<String> names) {
    return !names.isEmpty() && names.stream().allMatch(StoredPath::isPlain)
        ? new StoredPath(names)
        : null;
  }

  private static boolean isPlain(String name) {
    return !name.isEmpty()
        && !name.startsWith("$")
        && name.indexOf('\0') < 0
        && !name.chars().allMatch(Character::isDigit);
  }

  /// Only then it is the same to both what is missing in arrays.
  private boolean isSingle() {
    return names.size() == 1;
  }

  Candidates equalTo(BsonValue value) {
    // No comparable value is a document or a pattern, so it needs no `$eq`.
    return isComparable(value)
        ? new Candidates.Found(new BsonDocument(path(), value))
        : new Candidates.All();
  }

  /// Equal to a value, or to an element of it.
  Candidates equalToOrIn(BsonValue value) {
    return value.isArray()
        ? Candidates.any(List.of(equalTo(value), among(value.asArray())))
        : equalTo(value);
  }

  Candidates among(List<BsonValue> values) {
    if (values.isEmpty()) {
      return new Candidates.None();
    }
    return values.stream().allMatch(this::isComparable)
        ? PushDown.found(path(), "$in", new BsonArray(values))
        : new Candidates.All();
  }

  /// An array stands for more than a query would say, and texts that differ may be the same in
  /// the order of a collection; then nothing is left out.
  Candidates notAmong(List<BsonValue> values) {
    boolean isSaid =
        isSingle()
            && !values.isEmpty()
            && values.stream()
                .allMatch(value -> isComparable(value) && !value.isArray() && !value.isString());
    return isSaid ? PushDown.found(path(), "$nin", new BsonArray(values)) : new Candidates.All();
  }

  /// Texts are left out: a collection may have an order of its own for them.
  Candidates compared(Order order, BsonValue value) {
    boolean isSaid =
        (value.isNumber() && isComparable(value)) || value.isDateTime() || value.isObjectId();
    return isSaid ? PushDown.found(path(), operator(order), value) : new Candidates.All();
  }

  Candidates exists(boolean present) {
    return present || isSingle()
        ? PushDown.found(path(), "$exists", BsonBoolean.valueOf(present))
        : new Candidates.All();
  }

  private boolean isComparable(BsonValue value) {
    return switch (value.getBsonType()) {
      case STRING, INT32, INT64, BOOLEAN, DATE_TIME, OBJECT_ID, BINARY -> true;
      case DOUBLE -> !Double.isNaN(((BsonDouble) value).getValue());
      case NULL -> isSingle();
      case ARRAY ->
          isSingle()
              && value.asArray().stream()
                  .allMatch(element -> !element.isArray() && isComparable(element));
      default -> false;
    };
  }

  private static String operator(Order order) {
    return switch (order) {
      case GREATER -> "$gt";
      case GREATER_OR_EQUAL -> "$gte";
      case LESS -> "$lt";
      case LESS_OR_EQUAL -> "$lte";
    };
  }

  private String path() {
    return String.join(".", names);
  }
}
