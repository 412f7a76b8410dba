package dev.berth.rules;

import dev.berth.appmodel.ExpressionScope;
import dev.berth.rules.Condition.Constant;
import dev.berth.rules.Condition.Every;
import dev.berth.rules.Condition.Holds;
import dev.berth.rules.Condition.Not;
import dev.berth.rules.Condition.Some;
import dev.berth.rules.Term.Expansion;
import dev.berth.rules.Term.Literal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;

/// Parses expressions: what stands where a truth is expected.
final class ExpressionParser {

  static final Condition FAULTY = new Constant(Truth.UNDECIDED);

  /// Words of JSON Schema that look as if they did something here.
  private static final Set<String> SCHEMA_WORDS =
      Set.of("allOf", "anyOf", "const", "enum", "not", "oneOf");

  private final ExpressionScope scope;
  private final FaultLog faults;
  private final TermParser terms;
  private final TestParser tests;

  ExpressionParser(ExpressionScope scope, FaultLog faults) {
    this.scope = scope;
    this.faults = faults;
    this.terms = new TermParser(scope, faults);
    this.tests = new TestParser(terms, faults);
  }

  Set<String> functions() {
    return terms.functions();
  }

  Set<String> values() {
    return terms.values();
  }

  Condition parse(BsonValue value) {
    if (!faults.admits()) {
      return FAULTY;
    }
    return switch (value) {
      case BsonBoolean constant -> new Constant(Truth.of(constant.getValue()));
      case BsonString text when TermParser.isExpansion(text) ->
          holds(terms.expansion(text.getValue()));
      case BsonDocument document -> fields(document);
      default ->
          fault("expected an expression (an object, true, false or \"%%…\"), found " + type(value));
    };
  }

  private static Condition holds(Term term) {
    return term instanceof Literal(BsonBoolean constant)
        ? new Constant(Truth.of(constant.getValue()))
        : new Holds(term);
  }

  private Condition fields(BsonDocument document) {
    if (document.isEmpty()) {
      return new Constant(Truth.TRUE);
    }
    List<Condition> parts = new ArrayList<>();
    document.forEach((key, value) -> parts.add(faults.inside(key, () -> field(key, value))));
    return parts.size() == 1 ? parts.getFirst() : new Every(parts);
  }

  private Condition field(String key, BsonValue value) {
    if (Operator.isOperator(key)) {
      return operator(key, value);
    }
    if (!key.startsWith("%%")) {
      return bareName(key, value);
    }
    Term left = terms.expansion(key);
    return left instanceof Literal(BsonBoolean constant)
        ? agrees(constant, value)
        : tests.parse(left, value);
  }

  /// What stands after `%%true` is an expression, unless it is a test of a value.
  private Condition agrees(BsonBoolean constant, BsonValue value) {
    boolean isExpression =
        value instanceof BsonDocument document
            ? !TestParser.isTest(document)
            : value.isBoolean() || TermParser.isExpansion(value);
    if (!isExpression) {
      return tests.parse(new Literal(constant), value);
    }
    Condition part = parse(value);
    return constant.getValue() ? part : new Not(part);
  }

  private Condition bareName(String key, BsonValue value) {
    return switch (scope) {
      case DOCUMENT, FIELD -> {
        if (SCHEMA_WORDS.contains(key)) {
          faults.warning("\"" + key + "\" is read as the name of a field of the document");
        }
        yield tests.parse(new Expansion(Source.ROOT, List.of()).inside(key), value);
      }
      case ACTION -> tests.parse(new Expansion(Source.ARGS, List.of()).inside(key), value);
      case REQUEST ->
          fault(
              "\""
                  + key
                  + "\" would be a field of a document, and there is none here; expansions begin"
                  + " with %%, operators with %");
    };
  }

  private Condition operator(String key, BsonValue value) {
    Operator operator = Operator.find(key);
    return switch (operator) {
      case AND -> list(value, Every::new);
      case OR -> list(value, Some::new);
      case NOR -> list(value, parts -> new Not(new Some(parts)));
      case NOT -> new Not(parse(value));
      case FUNCTION -> new Holds(terms.computed(key, value));
      case STRING_TO_OID, OID_TO_STRING, STRING_TO_UUID, UUID_TO_STRING ->
          fault("is no boolean; it stands after a field: {<field>: {\"" + key + "\": …}}");
      case EQ, NE, GT, GTE, LT, LTE, IN, NIN, ALL, SIZE, EXISTS ->
          fault("stands after a field: {<field>: {\"" + key + "\": …}}");
      case null -> fault("unknown operator \"" + key + "\"; known are " + Operator.known());
    };
  }

  private Condition list(BsonValue value, Function<List<Condition>, Condition> combination) {
    if (!(value instanceof BsonArray array) || array.isEmpty()) {
      return fault("expected an array with at least one expression");
    }
    List<Condition> parts = new ArrayList<>();
    for (BsonValue element : array) {
      parts.add(faults.inside(Integer.toString(parts.size()), () -> parse(element)));
    }
    return combination.apply(parts);
  }

  private Condition fault(String message) {
    faults.error(message);
    return FAULTY;
  }

  private static String type(BsonValue value) {
    return value.getBsonType().name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
