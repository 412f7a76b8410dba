package dev.berth.rules;

import dev.berth.rules.Condition.Compared;
import dev.berth.rules.Condition.Equal;
import dev.berth.rules.Condition.Every;
import dev.berth.rules.Condition.Exists;
import dev.berth.rules.Condition.HasAll;
import dev.berth.rules.Condition.HasSize;
import dev.berth.rules.Condition.In;
import dev.berth.rules.Condition.Not;
import dev.berth.rules.Condition.Order;
import dev.berth.rules.Condition.Some;
import dev.berth.rules.Term.Expansion;
import dev.berth.rules.Term.Listed;
import dev.berth.rules.Term.Literal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// Parses tests: what stands after a field, an expansion or a constant.
final class TestParser {

  private final TermParser terms;
  private final FaultLog faults;

  TestParser(TermParser terms, FaultLog faults) {
    this.terms = terms;
    this.faults = faults;
  }

  /// Whether every key of a document tests the value before it.
  static boolean isTest(BsonDocument document) {
    return !document.isEmpty()
        && document.keySet().stream()
            .allMatch(
                key -> {
                  Operator operator = Operator.isOperator(key) ? Operator.find(key) : null;
                  return operator != null && operator.isTest();
                });
  }

  Condition parse(Term left, BsonValue value) {
    if (!(value instanceof BsonDocument document) || document.isEmpty()) {
      return new Equal(left, terms.parse(value));
    }
    if (!faults.admits()) {
      return ExpressionParser.FAULTY;
    }
    long operators = document.keySet().stream().filter(Operator::isOperator).count();
    if (operators != 0 && operators != document.size()) {
      return fault("operators and names of fields cannot stand side by side");
    }
    List<Condition> parts = new ArrayList<>();
    document.forEach(
        (key, inner) ->
            parts.add(
                faults.inside(
                    key, () -> operators == 0 ? field(left, key, inner) : test(left, key, inner))));
    return parts.size() == 1 ? parts.getFirst() : new Every(parts);
  }

  private Condition field(Term left, String name, BsonValue value) {
    if (name.startsWith("%%")) {
      return fault("\"" + name + "\" cannot stand inside a test of another value");
    }
    return left instanceof Expansion expansion
        ? parse(expansion.inside(name), value)
        : fault("a constant has no field \"" + name + "\"");
  }

  private Condition test(Term left, String key, BsonValue value) {
    Operator operator = Operator.find(key);
    return switch (operator) {
      case EQ -> new Equal(left, terms.parse(value));
      case NE -> new Not(new Equal(left, terms.parse(value)));
      case GT -> new Compared(left, Order.GREATER, terms.parse(value));
      case GTE -> new Compared(left, Order.GREATER_OR_EQUAL, terms.parse(value));
      case LT -> new Compared(left, Order.LESS, terms.parse(value));
      case LTE -> new Compared(left, Order.LESS_OR_EQUAL, terms.parse(value));
      case IN -> elements(value, elements -> new In(left, elements));
      case NIN -> elements(value, elements -> new Not(new In(left, elements)));
      case ALL -> elements(value, elements -> new HasAll(left, elements));
      case SIZE -> size(left, terms.parse(value));
      case EXISTS -> exists(left, value);
      case AND -> list(left, value, Every::new);
      case OR -> list(left, value, Some::new);
      case NOR -> list(left, value, parts -> new Not(new Some(parts)));
      case NOT -> new Not(parse(left, value));
      case FUNCTION, STRING_TO_OID, OID_TO_STRING, STRING_TO_UUID, UUID_TO_STRING ->
          new Equal(left, terms.computed(key, value));
      case null -> fault("unknown operator \"" + key + "\"; known are " + Operator.known());
    };
  }

  private Condition elements(BsonValue value, Function<Term, Condition> test) {
    Term elements = terms.parse(value);
    boolean mayBeArray =
        switch (elements) {
          case Literal(BsonValue literal) -> literal.isArray();
          case Listed _, Expansion _, Term.Called _ -> true;
          case Term.Converted _, Term.Composed _ -> false;
        };
    return mayBeArray ? test.apply(elements) : fault("expected an array or an expansion");
  }

  private Condition size(Term left, Term size) {
    return size instanceof Literal(BsonValue literal) && !literal.isNumber()
        ? fault("expected a number or an expansion")
        : new HasSize(left, size);
  }

  private Condition exists(Term left, BsonValue value) {
    Boolean wanted = asBoolean(value);
    return wanted == null ? fault("expected true or false") : new Exists(left, wanted);
  }

  private static @Nullable Boolean asBoolean(BsonValue value) {
    return switch (value) {
      case BsonBoolean constant -> constant.getValue();
      case BsonInt32 number when number.getValue() == 0 || number.getValue() == 1 ->
          number.getValue() == 1;
      case BsonString text when text.getValue().equals("%%true") -> true;
      case BsonString text when text.getValue().equals("%%false") -> false;
      default -> null;
    };
  }

  private Condition list(
      Term left, BsonValue value, Function<List<Condition>, Condition> combination) {
    if (!(value instanceof BsonArray array) || array.isEmpty()) {
      return fault("expected an array with at least one test");
    }
    List<Condition> parts = new ArrayList<>();
    for (BsonValue element : array) {
      parts.add(faults.inside(Integer.toString(parts.size()), () -> parse(left, element)));
    }
    return combination.apply(parts);
  }

  private Condition fault(String message) {
    faults.error(message);
    return ExpressionParser.FAULTY;
  }
}
