package dev.berth.worker.update;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonNumber;
import org.bson.BsonString;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// The operators of queries that test what a path leads to.
final class Operators {

  private static final Map<String, BsonType> TYPES =
      Map.ofEntries(
          Map.entry("double", BsonType.DOUBLE),
          Map.entry("string", BsonType.STRING),
          Map.entry("object", BsonType.DOCUMENT),
          Map.entry("array", BsonType.ARRAY),
          Map.entry("binData", BsonType.BINARY),
          Map.entry("undefined", BsonType.UNDEFINED),
          Map.entry("objectId", BsonType.OBJECT_ID),
          Map.entry("bool", BsonType.BOOLEAN),
          Map.entry("date", BsonType.DATE_TIME),
          Map.entry("null", BsonType.NULL),
          Map.entry("regex", BsonType.REGULAR_EXPRESSION),
          Map.entry("javascript", BsonType.JAVASCRIPT),
          Map.entry("int", BsonType.INT32),
          Map.entry("timestamp", BsonType.TIMESTAMP),
          Map.entry("long", BsonType.INT64),
          Map.entry("decimal", BsonType.DECIMAL128),
          Map.entry("minKey", BsonType.MIN_KEY),
          Map.entry("maxKey", BsonType.MAX_KEY));

  private Operators() {}

  /// Whether a document consists of operators, as its first name tells.
  static boolean isOperators(BsonDocument document) {
    return !document.isEmpty()
        && document.getFirstKey().startsWith("$")
        && !Condition.LOGICAL.contains(document.getFirstKey());
  }

  static Condition of(List<String> path, String operator, BsonValue operand) {
    return switch (operator) {
      case "$eq" -> any(path, equal(operand));
      case "$ne" -> none(path, equal(operand));
      case "$gt" -> any(path, compared(operand, order -> order > 0, false));
      case "$gte" -> any(path, compared(operand, order -> order >= 0, true));
      case "$lt" -> any(path, compared(operand, order -> order < 0, false));
      case "$lte" -> any(path, compared(operand, order -> order <= 0, true));
      case "$in" -> any(path, in(operator, operand));
      case "$nin" -> none(path, in(operator, operand));
      case "$exists" -> isTrue(operand) ? any(path, present()) : none(path, present());
      case "$type" -> any(path, type(operand));
      case "$mod" -> any(path, modulo(operand));
      case "$size" -> whole(path, size(operand));
      case "$all" -> all(path, operand);
      case "$elemMatch" -> whole(path, element(path, operand));
      case "$not" -> not(path, operand);
      default -> throw UpdateRefused.badValue("unknown operator: " + operator);
    };
  }

  private static Condition any(List<String> path, Matching.Test test) {
    return (subject, matching) -> matching.any(subject, path, true, test);
  }

  private static Condition none(List<String> path, Matching.Test test) {
    return (subject, matching) -> !matching.apart().any(subject, path, true, test);
  }

  private static Condition whole(List<String> path, Matching.Test test) {
    return (subject, matching) -> matching.any(subject, path, false, test);
  }

  private static Matching.Test equal(BsonValue wanted) {
    return (value, matching) ->
        wanted.isNull()
            ? Condition.isNothing(value)
            : value != null && matching.order().same(value, wanted);
  }

  private static Matching.Test present() {
    return (value, _) -> value != null;
  }

  /// @param isNullAllowed whether nothing is in order with nothing
  private static Matching.Test compared(
      BsonValue operand, IntPredicate wanted, boolean isNullAllowed) {
    if (operand.isNull()) {
      return (value, _) -> isNullAllowed && Condition.isNothing(value);
    }
    boolean isOutermost =
        operand.getBsonType() == BsonType.MIN_KEY || operand.getBsonType() == BsonType.MAX_KEY;
    return (value, matching) -> {
      if (value == null || (!isOutermost && !BsonOrder.isComparable(value, operand))) {
        return false;
      }
      boolean isUnordered = isNaN(value) || isNaN(operand);
      int order = matching.order().compare(value, operand);
      return isUnordered ? isNullAllowed && order == 0 : wanted.test(order);
    };
  }

  private static boolean isNaN(BsonValue value) {
    return (value instanceof BsonDouble number && Double.isNaN(number.getValue()))
        || (value.isDecimal128() && value.asDecimal128().getValue().isNaN());
  }

  private static Matching.Test in(String operator, BsonValue operand) {
    if (!(operand instanceof BsonArray wanted)) {
      throw UpdateRefused.badValue(operator + " needs an array");
    }
    List<Matching.Test> tests = wanted.stream().map(Operators::equal).toList();
    return (value, matching) -> tests.stream().anyMatch(test -> test.holds(value, matching));
  }

  private static boolean isTrue(BsonValue operand) {
    return switch (operand) {
      case BsonBoolean flag -> flag.getValue();
      case BsonNumber number -> number.doubleValue() != 0;
      default -> !operand.isNull();
    };
  }

  private static Matching.Test type(BsonValue operand) {
    List<BsonValue> names = operand instanceof BsonArray array ? array : List.of(operand);
    List<BsonType> wanted = new ArrayList<>();
    for (BsonValue name : names) {
      wanted.addAll(types(name));
    }
    return (value, _) -> value != null && wanted.contains(value.getBsonType());
  }

  private static List<BsonType> types(BsonValue name) {
    if (name instanceof BsonString text && text.getValue().equals("number")) {
      return List.of(BsonType.DOUBLE, BsonType.INT32, BsonType.INT64, BsonType.DECIMAL128);
    }
    BsonType type =
        switch (name) {
          case BsonString text -> TYPES.get(text.getValue());
          case BsonNumber number -> typeOf(number.intValue());
          default -> null;
        };
    if (type == null) {
      throw UpdateRefused.badValue("$type: unknown type name or number");
    }
    return List.of(type);
  }

  private static @Nullable BsonType typeOf(int number) {
    return TYPES.values().stream()
        .filter(type -> type.getValue() == (number == -1 ? 255 : number))
        .findFirst()
        .orElse(null);
  }

  private static Matching.Test modulo(BsonValue operand) {
    boolean isValid =
        operand instanceof BsonArray array
            && array.size() == 2
            && array.get(0).isNumber()
            && array.get(1).isNumber()
            && array.get(0).asNumber().longValue() != 0;
    if (!isValid) {
      throw UpdateRefused.badValue(
          "malformed mod: an array of a divisor and a remainder is needed");
    }
    long divisor = operand.asArray().get(0).asNumber().longValue();
    long remainder = operand.asArray().get(1).asNumber().longValue();
    return (value, _) ->
        value instanceof BsonNumber number
            && Double.isFinite(number.doubleValue())
            && number.longValue() % divisor == remainder;
  }

  private static Matching.Test size(BsonValue operand) {
    if (!operand.isNumber() || operand.asNumber().doubleValue() < 0) {
      throw UpdateRefused.badValue("$size needs a number that is not negative");
    }
    double wanted = operand.asNumber().doubleValue();
    return (value, _) -> value instanceof BsonArray array && array.size() == wanted;
  }

  private static Condition all(List<String> path, BsonValue operand) {
    if (!(operand instanceof BsonArray wanted)) {
      throw UpdateRefused.badValue("$all needs an array");
    }
    List<Condition> parts =
        wanted.stream()
            .map(
                value ->
                    value instanceof BsonDocument document && isOperators(document)
                        ? of(path, document.getFirstKey(), document.values().iterator().next())
                        : of(path, "$eq", value))
            .toList();
    return (subject, matching) ->
        !parts.isEmpty() && parts.stream().allMatch(part -> part.matches(subject, matching));
  }

  private static Matching.Test element(List<String> path, BsonValue operand) {
    if (!(operand instanceof BsonDocument wanted)) {
      throw UpdateRefused.badValue("$elemMatch needs an Object");
    }
    boolean isOfValues = isOperators(wanted);
    List<Condition> parts =
        isOfValues
            ? wanted.entrySet().stream()
                .map(operator -> of(List.of(), operator.getKey(), operator.getValue()))
                .toList()
            : List.of(Condition.query(wanted));
    return (value, matching) -> {
      if (!(value instanceof BsonArray array)) {
        return false;
      }
      for (int i = 0; i < array.size(); i++) {
        BsonValue element = array.get(i);
        boolean isMatch =
            (isOfValues || element.isDocument())
                && parts.stream().allMatch(part -> part.matches(element, matching.apart()));
        if (isMatch) {
          matching.remember(path, i);
          return true;
        }
      }
      return false;
    };
  }

  private static Condition not(List<String> path, BsonValue operand) {
    if (!(operand instanceof BsonDocument wanted) || !isOperators(wanted)) {
      throw UpdateRefused.badValue("$not needs an object of operators");
    }
    List<Condition> parts =
        wanted.entrySet().stream()
            .map(operator -> of(path, operator.getKey(), operator.getValue()))
            .toList();
    return (subject, matching) -> {
      Matching apart = matching.apart();
      return !parts.stream().allMatch(part -> part.matches(subject, apart));
    };
  }
}
