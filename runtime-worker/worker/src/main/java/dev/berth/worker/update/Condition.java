package dev.berth.worker.update;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// A query of the database, parsed, that says whether a document matches. What it does not know
/// is refused by name when it is parsed.
///
/// It decides about elements of arrays (`$pull`, `$[name]`) and finds the one that `$` means;
/// which documents an update is about the database itself has decided before.
@FunctionalInterface
interface Condition {

  Set<String> LOGICAL = Set.of("$and", "$or", "$nor");

  boolean matches(BsonValue subject, Matching matching);

  /// Parses a query.
  static Condition query(BsonDocument query) {
    List<Condition> parts = new ArrayList<>();
    for (Map.Entry<String, BsonValue> part : query.entrySet()) {
      String name = part.getKey();
      if (LOGICAL.contains(name)) {
        parts.add(logical(name, part.getValue()));
      } else if (name.startsWith("$")) {
        if (!name.equals("$comment")) {
          throw UpdateRefused.badValue("unknown top level operator: " + name);
        }
      } else {
        parts.add(onPath(List.of(name.split("\\.", -1)), part.getValue()));
      }
    }
    return every(parts);
  }

  /// Parses what `$pull` says of the elements of an array.
  static Condition element(BsonValue wanted) {
    if (wanted instanceof BsonDocument document && !Operators.isOperators(document)) {
      Condition fields = query(document);
      return (subject, matching) -> subject.isDocument() && fields.matches(subject, matching);
    }
    if (wanted instanceof BsonDocument operators) {
      return onPath(List.of(), operators);
    }
    return (subject, matching) -> matching.order().same(subject, wanted);
  }

  private static Condition every(List<Condition> parts) {
    return (subject, matching) -> parts.stream().allMatch(part -> part.matches(subject, matching));
  }

  private static Condition logical(String name, BsonValue value) {
    if (!(value instanceof BsonArray array) || array.isEmpty()) {
      throw UpdateRefused.badValue(name + " argument must be a non-empty array");
    }
    List<Condition> parts = new ArrayList<>();
    for (BsonValue part : array) {
      if (!part.isDocument()) {
        throw UpdateRefused.badValue(name + " argument's entries must be objects");
      }
      parts.add(query(part.asDocument()));
    }
    return switch (name) {
      case "$and" -> every(parts);
      case "$or" -> (subject, matching) -> any(parts, subject, matching);
      default -> (subject, matching) -> !any(parts, subject, matching);
    };
  }

  private static boolean any(List<Condition> parts, BsonValue subject, Matching matching) {
    return parts.stream().anyMatch(part -> part.matches(subject, matching.apart()));
  }

  private static Condition onPath(List<String> path, BsonValue wanted) {
    if (wanted instanceof BsonDocument document && Operators.isOperators(document)) {
      return every(
          document.entrySet().stream()
              .map(operator -> Operators.of(path, operator.getKey(), operator.getValue()))
              .toList());
    }
    return Operators.of(path, "$eq", wanted);
  }

  /// The first part that is not there counts as `null`.
  static boolean isNothing(@Nullable BsonValue value) {
    return value == null || value.isNull();
  }
}
