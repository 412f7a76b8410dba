package dev.berth.rules.access;

import java.util.ArrayList;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonNumber;
import org.bson.BsonString;
import org.bson.BsonUndefined;
import org.bson.BsonValue;

/// What MongoDB finds with the few operators that rules are pushed down with. Where it is unsure,
/// it finds less.
final class QueryMatch {

  private static final BsonValue MISSING = new BsonUndefined();

  private QueryMatch() {}

  static boolean matches(BsonDocument query, BsonDocument document) {
    return query.entrySet().stream()
        .allMatch(
            part ->
                switch (part.getKey()) {
                  case "$and" ->
                      part.getValue().asArray().stream()
                          .allMatch(inner -> matches(inner.asDocument(), document));
                  case "$or" ->
                      part.getValue().asArray().stream()
                          .anyMatch(inner -> matches(inner.asDocument(), document));
                  default ->
                      test(part.getValue(), leaves(document, List.of(part.getKey().split("\\."))));
                });
  }

  private static boolean test(BsonValue asked, List<BsonValue> leaves) {
    if (!(asked instanceof BsonDocument test)) {
      return isAny(leaves, asked);
    }
    BsonValue wanted = test.values().iterator().next();
    return switch (test.getFirstKey()) {
      case "$eq" -> isAny(leaves, wanted);
      case "$in" -> wanted.asArray().stream().anyMatch(value -> isAny(leaves, value));
      case "$nin" -> wanted.asArray().stream().noneMatch(value -> isAny(leaves, value));
      case "$exists" ->
          leaves.stream().anyMatch(leaf -> !leaf.equals(MISSING)) == wanted.asBoolean().getValue();
      case "$gt" -> leaves.stream().anyMatch(leaf -> sign(leaf, wanted) == 1);
      case "$lt" -> leaves.stream().anyMatch(leaf -> sign(leaf, wanted) == -1);
      default -> throw new AssertionError(test);
    };
  }

  private static int sign(BsonValue leaf, BsonValue wanted) {
    if (leaf instanceof BsonNumber a && wanted instanceof BsonNumber b) {
      return Double.compare(a.doubleValue(), b.doubleValue());
    }
    return leaf instanceof BsonString a && wanted instanceof BsonString b
        ? Integer.signum(a.getValue().compareTo(b.getValue()))
        : 0;
  }

  private static boolean isAny(List<BsonValue> leaves, BsonValue wanted) {
    return leaves.stream()
        .anyMatch(
            leaf ->
                leaf.equals(MISSING) ? wanted.isNull() : ReferenceExpressions.same(leaf, wanted));
  }

  private static List<BsonValue> leaves(BsonValue value, List<String> names) {
    List<BsonValue> leaves = new ArrayList<>();
    if (names.isEmpty()) {
      leaves.add(value);
      if (value instanceof BsonArray array) {
        leaves.addAll(array);
      }
      return leaves;
    }
    List<String> rest = names.subList(1, names.size());
    if (value instanceof BsonDocument document) {
      BsonValue inner = document.get(names.getFirst());
      return inner == null ? List.of(MISSING) : leaves(inner, rest);
    }
    if (!(value instanceof BsonArray array)) {
      return List.of(MISSING);
    }
    for (BsonValue element : array) {
      if (element.isDocument()) {
        leaves.addAll(leaves(element, names));
      }
    }
    return leaves;
  }
}
