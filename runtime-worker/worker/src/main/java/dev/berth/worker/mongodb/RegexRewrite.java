package dev.berth.worker.mongodb;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonRegularExpression;
import org.bson.BsonString;
import org.bson.BsonValue;

/// Writes `{$regex: <regular expression>}` of a query as `{$regex: <text>, $options: <text>}`.
///
/// The first form is the documented one in functions, and the embedded server fails on it; to
/// MongoDB both mean the same. Values that documents are compared with, expressions, and values
/// to be stored stay as they are.
final class RegexRewrite {

  private static final Set<String> LOGICAL = Set.of("$and", "$or", "$nor");

  /// Parts of pipeline stages that are queries.
  private static final Set<String> QUERIES_IN_STAGES =
      Set.of("$match", "query", "restrictSearchWithMatch");

  private RegexRewrite() {}

  /// A query, or a projection: of that only `$elemMatch` holds queries.
  static BsonDocument query(BsonDocument query) {
    return eachField(
        query,
        (name, value) -> {
          if (LOGICAL.contains(name)) {
            return eachElement(value, RegexRewrite::nestedQuery);
          }
          return name.startsWith("$") ? value : predicate(value);
        });
  }

  static List<BsonDocument> queries(List<BsonDocument> queries) {
    return queries.stream().map(RegexRewrite::query).toList();
  }

  /// An aggregation with all pipelines inside it.
  static List<BsonDocument> pipeline(List<BsonDocument> stages) {
    return stages.stream().map(RegexRewrite::stage).toList();
  }

  /// Update operators; of these only `$pull` holds queries.
  static BsonDocument update(BsonDocument update) {
    return eachField(
        update,
        (name, value) ->
            name.equals("$pull") && value.isDocument()
                ? eachField(value.asDocument(), (_, condition) -> elementCondition(condition))
                : value);
  }

  private static BsonDocument stage(BsonDocument part) {
    return eachField(
        part,
        (name, value) -> {
          if (QUERIES_IN_STAGES.contains(name)) {
            return nestedQuery(value);
          }
          return name.equals("$literal") || name.equals("$documents") ? value : stagePart(value);
        });
  }

  private static BsonValue stagePart(BsonValue value) {
    return value.isDocument()
        ? stage(value.asDocument())
        : eachElement(value, RegexRewrite::stagePart);
  }

  private static BsonValue nestedQuery(BsonValue value) {
    return value.isDocument() ? query(value.asDocument()) : value;
  }

  /// What a field is asked for: operators when the first name says so, otherwise a value.
  private static BsonValue predicate(BsonValue value) {
    if (!value.isDocument() || !startsWithOperator(value.asDocument())) {
      return value;
    }
    BsonDocument operators = value.asDocument();
    var rewritten = new BsonDocument(operators.size() + 1);
    for (Map.Entry<String, BsonValue> operator : operators.entrySet()) {
      BsonValue operand = operator.getValue();
      switch (operator.getKey()) {
        case "$regex" -> putRegex(rewritten, operand, operators);
        case "$not" -> rewritten.put("$not", predicate(operand));
        case "$elemMatch" -> rewritten.put("$elemMatch", elementCondition(operand));
        case "$all" -> rewritten.put("$all", eachElement(operand, RegexRewrite::predicate));
        default -> rewritten.put(operator.getKey(), operand);
      }
    }
    return rewritten;
  }

  /// What an element of an array is asked for: operators for a plain one, a query for an object.
  private static BsonValue elementCondition(BsonValue value) {
    if (!value.isDocument()) {
      return value;
    }
    BsonDocument condition = value.asDocument();
    return startsWithOperator(condition) && !LOGICAL.contains(condition.getFirstKey())
        ? predicate(condition)
        : query(condition);
  }

  private static void putRegex(BsonDocument rewritten, BsonValue operand, BsonDocument siblings) {
    if (!(operand instanceof BsonRegularExpression regex)
        || (!regex.getOptions().isEmpty() && siblings.containsKey("$options"))) {
      // Flags in both places are a mistake that the database reports better than we could.
      rewritten.put("$regex", operand);
      return;
    }
    rewritten.put("$regex", new BsonString(regex.getPattern()));
    if (!regex.getOptions().isEmpty()) {
      rewritten.put("$options", new BsonString(regex.getOptions()));
    }
  }

  private static boolean startsWithOperator(BsonDocument document) {
    return !document.isEmpty() && document.getFirstKey().startsWith("$");
  }

  private static BsonDocument eachField(BsonDocument document, FieldRewrite rewrite) {
    var rewritten = new BsonDocument(document.size());
    document.forEach((name, value) -> rewritten.put(name, rewrite.apply(name, value)));
    return rewritten;
  }

  private static BsonValue eachElement(BsonValue value, UnaryOperator<BsonValue> rewrite) {
    return value.isArray() ? new BsonArray(value.asArray().stream().map(rewrite).toList()) : value;
  }

  @FunctionalInterface
  private interface FieldRewrite {

    BsonValue apply(String name, BsonValue value);
  }
}
