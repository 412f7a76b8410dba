package dev.berth.rules.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonNull;
import org.bson.BsonNumber;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// What expressions mean, said as plainly as possible and without a line of the engine: `true`,
/// `false`, or `null` when undecided.
///
/// @param facts by the name after `%%`
record ReferenceExpressions(Map<String, BsonValue> facts) {

  @Nullable Boolean of(BsonValue expression) {
    if (expression.isBoolean()) {
      return expression.asBoolean().getValue();
    }
    List<@Nullable Boolean> parts = new ArrayList<>();
    expression.asDocument().forEach((key, value) -> parts.add(part(key, value)));
    return and(parts);
  }

  private @Nullable Boolean part(String key, BsonValue value) {
    return switch (key) {
      case "%and" -> and(each(value));
      case "%or" -> or(each(value));
      case "%nor" -> not(or(each(value)));
      case "%not" -> not(of(value));
      case "%function" -> function(value.asDocument());
      case "%%true" -> of(value);
      default -> test(key.startsWith("%%") ? key.substring(2) : "root." + key, value);
    };
  }

  private List<@Nullable Boolean> each(BsonValue expressions) {
    List<@Nullable Boolean> results = new ArrayList<>();
    expressions.asArray().forEach(expression -> results.add(of(expression)));
    return results;
  }

  static @Nullable Boolean and(List<@Nullable Boolean> parts) {
    if (parts.contains(false)) {
      return false;
    }
    return parts.contains(null) ? null : Boolean.TRUE;
  }

  static @Nullable Boolean or(List<@Nullable Boolean> parts) {
    if (parts.contains(true)) {
      return true;
    }
    return parts.contains(null) ? null : Boolean.FALSE;
  }

  static @Nullable Boolean not(@Nullable Boolean part) {
    return part == null ? null : !part;
  }

  private @Nullable Boolean function(BsonDocument call) {
    return switch (call.getString("name").getValue()) {
      case "yes" -> true;
      case "no" -> false;
      case "owns" -> new BsonString("ann").equals(at("root.owner_id"));
      default -> null;
    };
  }

  private @Nullable Boolean test(String path, BsonValue test) {
    @Nullable BsonValue left = at(path);
    if (!(test instanceof BsonDocument operators)) {
      return equal(left, test);
    }
    String operator = operators.getFirstKey();
    BsonValue right = operators.values().iterator().next();
    return switch (operator) {
      case "$ne" -> not(equal(left, right));
      case "$exists" -> (left != null) == right.asBoolean().getValue();
      case "$in" -> in(left, right);
      case "$nin" -> not(in(left, right));
      case "$gt" -> compared(left, right, 1);
      case "$lt" -> compared(left, right, -1);
      default -> throw new AssertionError(operator);
    };
  }

  private @Nullable Boolean equal(@Nullable BsonValue left, BsonValue written) {
    BsonValue right = value(written);
    if (right == null || (right.isNull() && isExpansion(written))) {
      return null;
    }
    if (left == null) {
      return right.isNull();
    }
    boolean among = isExpansion(written) && !left.isArray() && right.isArray() && has(right, left);
    return same(left, right) || (left.isArray() && has(left, right)) || among;
  }

  private @Nullable Boolean in(@Nullable BsonValue left, BsonValue written) {
    if (!(value(written) instanceof BsonArray array)) {
      return null;
    }
    for (BsonValue element : array) {
      boolean counts = !(isExpansion(written) && element.isNull());
      if (counts
          && (left == null
              ? element.isNull()
              : same(left, element) || (left.isArray() && has(left, element)))) {
        return true;
      }
    }
    return false;
  }

  private @Nullable Boolean compared(@Nullable BsonValue left, BsonValue written, int sign) {
    BsonValue right = value(written);
    if (right == null || (right.isNull() && isExpansion(written))) {
      return null;
    }
    if (left instanceof BsonArray array) {
      return array.stream().anyMatch(element -> isBeyond(element, right, sign));
    }
    return left != null && isBeyond(left, right, sign);
  }

  private static boolean isBeyond(BsonValue left, BsonValue right, int sign) {
    if (left instanceof BsonNumber a && right instanceof BsonNumber b) {
      return Math.signum(Double.compare(a.doubleValue(), b.doubleValue())) == sign;
    }
    if (left instanceof BsonBoolean a && right instanceof BsonBoolean b) {
      return Boolean.compare(a.getValue(), b.getValue()) == sign;
    }
    return left instanceof BsonString a
        && right instanceof BsonString b
        && Integer.signum(a.getValue().compareTo(b.getValue())) == sign;
  }

  private static boolean isExpansion(BsonValue written) {
    return written.isString() && written.asString().getValue().startsWith("%%");
  }

  private @Nullable BsonValue value(BsonValue written) {
    return isExpansion(written) ? at(written.asString().getValue().substring(2)) : written;
  }

  private @Nullable BsonValue at(String path) {
    List<String> names = List.of(path.split("\\."));
    return inside(facts.get(names.getFirst()), names.subList(1, names.size()));
  }

  private static @Nullable BsonValue inside(@Nullable BsonValue value, List<String> names) {
    if (names.isEmpty() || value == null) {
      return value;
    }
    List<String> rest = names.subList(1, names.size());
    if (value instanceof BsonDocument document) {
      return inside(document.get(names.getFirst()), rest);
    }
    if (!(value instanceof BsonArray array)) {
      return null;
    }
    BsonArray all = new BsonArray();
    for (BsonValue element : array) {
      if (element instanceof BsonDocument document && document.containsKey(names.getFirst())) {
        BsonValue inner = document.get(names.getFirst());
        all.addAll(inner.isArray() ? inner.asArray() : List.of(inner));
      }
    }
    return all.isEmpty() ? null : inside(all, rest);
  }

  private static boolean has(BsonValue array, BsonValue wanted) {
    return array.asArray().stream().anyMatch(element -> same(element, wanted));
  }

  static boolean same(BsonValue a, BsonValue b) {
    return plain(a).equals(plain(b));
  }

  /// With all numbers as doubles.
  private static BsonValue plain(BsonValue value) {
    return switch (value) {
      case BsonNumber number -> new BsonDouble(number.doubleValue());
      case BsonArray array ->
          new BsonArray(array.stream().map(ReferenceExpressions::plain).toList());
      case BsonDocument document -> {
        BsonDocument plain = new BsonDocument();
        document.forEach((name, inner) -> plain.append(name, plain(inner)));
        yield plain;
      }
      case BsonBoolean _, BsonNull _ -> value;
      default -> value;
    };
  }
}
