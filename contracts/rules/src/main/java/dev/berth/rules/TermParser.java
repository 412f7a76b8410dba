package dev.berth.rules;

import dev.berth.appmodel.ExpressionScope;
import dev.berth.rules.Term.Called;
import dev.berth.rules.Term.Composed;
import dev.berth.rules.Term.Converted;
import dev.berth.rules.Term.Expansion;
import dev.berth.rules.Term.Listed;
import dev.berth.rules.Term.Literal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonObjectId;
import org.bson.BsonRegularExpression;
import org.bson.BsonString;
import org.bson.BsonValue;

/// Parses the parts of an expression that have a value.
final class TermParser {

  /// What a faulty part becomes; the expression is never evaluated.
  private static final Term FAULTY = new Literal(BsonNull.VALUE);

  private final ExpressionScope scope;
  private final FaultLog faults;
  private final Set<String> functions = new LinkedHashSet<>();
  private final Set<String> values = new LinkedHashSet<>();
  private int calls;

  TermParser(ExpressionScope scope, FaultLog faults) {
    this.scope = scope;
    this.faults = faults;
  }

  Set<String> functions() {
    return functions;
  }

  Set<String> values() {
    return values;
  }

  static boolean isExpansion(BsonValue value) {
    return value instanceof BsonString text && text.getValue().startsWith("%%");
  }

  /// Whether a document is a computed value: a single converter or function.
  static boolean isComputed(BsonDocument document) {
    if (document.size() != 1) {
      return false;
    }
    String key = document.getFirstKey();
    Operator operator = Operator.isOperator(key) ? Operator.find(key) : null;
    return operator != null && operator.isTerm();
  }

  Term parse(BsonValue value) {
    if (!faults.admits()) {
      return FAULTY;
    }
    return switch (value) {
      case BsonString text when isExpansion(text) -> expansion(text.getValue());
      case BsonArray array -> list(array);
      case BsonDocument document when isComputed(document) -> {
        Map.Entry<String, BsonValue> only = document.entrySet().iterator().next();
        yield faults.inside(only.getKey(), () -> computed(only.getKey(), only.getValue()));
      }
      case BsonDocument document -> document(document);
      case BsonRegularExpression _ -> fault("found a regular expression; expressions know none");
      default -> new Literal(value);
    };
  }

  /// @param text begins with `%%`
  Term expansion(String text) {
    if (text.equals("%%true") || text.equals("%%false")) {
      return new Literal(BsonBoolean.valueOf(text.equals("%%true")));
    }
    List<String> names = List.of(text.substring(2).split("\\.", -1));
    Source source = Source.find(names.getFirst());
    if (source == null) {
      return fault("unknown expansion \"" + text + "\"; known here are " + known());
    }
    if (!source.isIn(scope)) {
      return fault("\"%%" + source.spelling() + "\" means nothing here; known here are " + known());
    }
    if (names.contains("") || (source == Source.VALUES && names.size() == 1)) {
      return fault("found \"" + text + "\"; a name is missing");
    }
    if (source == Source.VALUES) {
      values.add(names.get(1));
    }
    return new Expansion(source, names.subList(1, names.size()));
  }

  private String known() {
    return "%%true, %%false, "
        + Source.allIn(scope).stream()
            .map(source -> "%%" + source.spelling())
            .collect(Collectors.joining(", "));
  }

  private Term list(BsonArray array) {
    List<Term> elements = new ArrayList<>();
    for (BsonValue element : array) {
      elements.add(faults.inside(Integer.toString(elements.size()), () -> parse(element)));
    }
    return elements.stream().allMatch(Literal.class::isInstance)
        ? new Literal(literals(elements))
        : new Listed(elements);
  }

  private static BsonArray literals(List<Term> elements) {
    BsonArray literals = new BsonArray();
    elements.forEach(element -> literals.add(((Literal) element).value()));
    return literals;
  }

  private Term document(BsonDocument document) {
    Map<String, Term> fields = new LinkedHashMap<>();
    document.forEach(
        (name, value) -> fields.put(name, faults.inside(name, () -> field(name, value))));
    if (!fields.values().stream().allMatch(Literal.class::isInstance)) {
      return new Composed(fields);
    }
    BsonDocument literals = new BsonDocument();
    fields.forEach((name, field) -> literals.append(name, ((Literal) field).value()));
    return new Literal(literals);
  }

  private Term field(String name, BsonValue value) {
    if (name.startsWith("%") || Operator.isOperator(name)) {
      return fault("\"" + name + "\" cannot stand inside a value");
    }
    return parse(value);
  }

  /// A converter or a function, whose key the path has already.
  Term computed(String key, BsonValue argument) {
    Operator operator = Operator.find(key);
    Converter converter = operator == null ? null : operator.converter();
    if (converter == null) {
      return call(argument);
    }
    boolean convertible =
        argument instanceof BsonString
            || argument instanceof BsonObjectId
            || argument instanceof BsonBinary;
    return convertible
        ? new Converted(converter, parse(argument))
        : fault(key + " takes a value or an expansion, and no operator inside");
  }

  private Term call(BsonValue argument) {
    if (!(argument instanceof BsonDocument call)) {
      return fault("expected {\"name\": <function>, \"arguments\": [...]}");
    }
    for (String field : call.keySet()) {
      if (!field.equals("name") && !field.equals("arguments")) {
        faults.inside(field, () -> fault("unknown; a function has \"name\" and \"arguments\""));
      }
    }
    if (!(call.get("name") instanceof BsonString name) || name.getValue().isEmpty()) {
      return fault("\"name\" is missing: the function to call");
    }
    calls++;
    if (calls > Expression.MAX_FUNCTIONS) {
      return fault("an expression calls at most " + Expression.MAX_FUNCTIONS + " functions");
    }
    functions.add(name.getValue());
    return new Called(name.getValue(), arguments(call.get("arguments", new BsonArray())));
  }

  private List<Term> arguments(BsonValue arguments) {
    return faults.inside(
        "arguments",
        () -> {
          if (!(arguments instanceof BsonArray array)) {
            fault("expected an array of arguments");
            return List.of();
          }
          List<Term> terms = new ArrayList<>();
          for (BsonValue argument : array) {
            terms.add(faults.inside(Integer.toString(terms.size()), () -> argument(argument)));
          }
          return terms;
        });
  }

  private Term argument(BsonValue argument) {
    return argument instanceof BsonDocument document && isComputed(document)
        ? fault("an argument is a value or an expansion, and no operator")
        : parse(argument);
  }

  private Term fault(String message) {
    faults.error(message);
    return FAULTY;
  }
}
