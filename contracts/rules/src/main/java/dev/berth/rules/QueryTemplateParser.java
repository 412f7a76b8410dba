package dev.berth.rules;

import dev.berth.appmodel.ExpressionScope;
import dev.berth.rules.QueryTemplate.Part;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonRegularExpression;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// Parses queries with expansions.
final class QueryTemplateParser {

  private static final Set<String> LOGICAL = Set.of("$and", "$or", "$nor");
  private static final Set<String> COMPARING =
      Set.of("$eq", "$ne", "$gt", "$gte", "$lt", "$lte", "$in", "$nin", "$all", "$size");
  private static final Set<String> SCRIPTS = Set.of("$where", "$function", "$accumulator");

  private final FaultLog faults;
  private final TermParser terms;

  QueryTemplateParser(FaultLog faults) {
    this.faults = faults;
    this.terms = new TermParser(ExpressionScope.REQUEST, faults);
  }

  Set<String> functions() {
    return terms.functions();
  }

  Set<String> values() {
    return terms.values();
  }

  Part parse(BsonDocument query) {
    return query(query, true);
  }

  /// @param isPositive whether it is under no negation, so that to find less is to permit less
  private Part query(BsonDocument query, boolean isPositive) {
    if (!faults.admits()) {
      return verbatim(query);
    }
    Map<String, Part> parts = new LinkedHashMap<>();
    query.forEach(
        (key, value) ->
            parts.put(spelt(key), faults.inside(key, () -> field(key, value, isPositive))));
    return all(parts);
  }

  private Part field(String key, BsonValue value, boolean isPositive) {
    if (key.startsWith("%%")) {
      return fault("a query tests fields of documents; an expansion stands after a field");
    }
    String name = spelt(key);
    if (LOGICAL.contains(name)) {
      return logical(name, value, isPositive && !name.equals("$nor"));
    }
    if (SCRIPTS.contains(name)) {
      return fault("a filter cannot run JavaScript in the database");
    }
    return name.startsWith("$") ? untouched(value) : test(value, isPositive);
  }

  /// Operators begin with `%` or `$`.
  private static String spelt(String key) {
    return key.startsWith("%") && !key.startsWith("%%") ? "$" + key.substring(1) : key;
  }

  private Part logical(String operator, BsonValue value, boolean isPositive) {
    if (!(value instanceof BsonArray array)
        || array.isEmpty()
        || !array.stream().allMatch(BsonValue::isDocument)) {
      return fault("expected an array with at least one query");
    }
    List<Part> parts = new ArrayList<>();
    for (BsonValue element : array) {
      parts.add(
          faults.inside(
              Integer.toString(parts.size()), () -> query(element.asDocument(), isPositive)));
    }
    boolean mayLack = operator.equals("$or") && isPositive;
    return (truths, facts) -> {
      BsonArray resolved = new BsonArray();
      for (Part part : parts) {
        BsonValue query = part.resolve(truths, facts);
        if (query != null) {
          resolved.add(query);
        } else if (!mayLack) {
          return null;
        }
      }
      return resolved.isEmpty() ? null : resolved;
    };
  }

  private Part test(BsonValue value, boolean isPositive) {
    if (value instanceof BsonDocument document
        && !TermParser.isComputed(document)
        && hasOperators(document)) {
      return operators(document, isPositive);
    }
    if (!mentions(value)) {
      return untouched(value);
    }
    Term term = terms.parse(value);
    return (truths, facts) -> {
      BsonValue data = data(truths.comparand(term, facts));
      return data == null ? null : new BsonDocument("$eq", data);
    };
  }

  private static boolean hasOperators(BsonDocument document) {
    return document.keySet().stream()
        .anyMatch(key -> spelt(key).startsWith("$") && !key.startsWith("%%"));
  }

  private Part operators(BsonDocument document, boolean isPositive) {
    if (!faults.admits()) {
      return verbatim(document);
    }
    Map<String, Part> parts = new LinkedHashMap<>();
    document.forEach(
        (key, value) ->
            parts.put(
                spelt(key), faults.inside(key, () -> operator(spelt(key), value, isPositive))));
    return all(parts);
  }

  private Part operator(String operator, BsonValue value, boolean isPositive) {
    if (!operator.startsWith("$")) {
      return fault("operators and names of fields cannot stand side by side");
    }
    if (COMPARING.contains(operator) && mentions(value)) {
      return compared(terms.parse(value));
    }
    if (operator.equals("$not") && value instanceof BsonDocument test) {
      return operators(test, false);
    }
    if (operator.equals("$elemMatch") && value instanceof BsonDocument test) {
      return hasOperators(test) && !LOGICAL.contains(spelt(test.getFirstKey()))
          ? operators(test, isPositive)
          : query(test, isPositive);
    }
    return untouched(value);
  }

  private static Part compared(Term term) {
    return (truths, facts) -> data(truths.comparand(term, facts));
  }

  private static Part all(Map<String, Part> parts) {
    return (truths, facts) -> {
      BsonDocument resolved = new BsonDocument();
      for (Map.Entry<String, Part> part : parts.entrySet()) {
        BsonValue value = part.getValue().resolve(truths, facts);
        if (value == null) {
          return null;
        }
        resolved.append(part.getKey(), value);
      }
      return resolved;
    };
  }

  /// What no expansion is replaced in.
  private Part untouched(BsonValue value) {
    return mentions(value)
        ? fault("an expansion cannot stand here; it stands after a field or a comparison")
        : verbatim(value);
  }

  private static Part verbatim(BsonValue value) {
    return (_, _) -> value;
  }

  /// Whether something in a value is computed.
  private static boolean mentions(BsonValue value) {
    return switch (value) {
      case BsonDocument document ->
          TermParser.isComputed(document)
              || document.values().stream().anyMatch(QueryTemplateParser::mentions);
      case BsonArray array -> array.stream().anyMatch(QueryTemplateParser::mentions);
      default -> TermParser.isExpansion(value);
    };
  }

  /// A value that is data wherever it stands, or `null`: some operators would take a pattern or a
  /// field with `$` for more than that.
  private static @Nullable BsonValue data(@Nullable BsonValue value) {
    return value == null || isMoreThanData(value) ? null : value;
  }

  private static boolean isMoreThanData(BsonValue value) {
    return switch (value) {
      case BsonDocument document ->
          document.entrySet().stream()
              .anyMatch(
                  field -> field.getKey().startsWith("$") || isMoreThanData(field.getValue()));
      case BsonArray array -> array.stream().anyMatch(QueryTemplateParser::isMoreThanData);
      default -> value instanceof BsonRegularExpression;
    };
  }

  private Part fault(String message) {
    faults.error(message);
    return (_, _) -> null;
  }
}
