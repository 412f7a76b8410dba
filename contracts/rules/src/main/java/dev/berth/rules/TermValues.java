package dev.berth.rules;

import dev.berth.rules.Term.Called;
import dev.berth.rules.Term.Composed;
import dev.berth.rules.Term.Converted;
import dev.berth.rules.Term.Expansion;
import dev.berth.rules.Term.Listed;
import dev.berth.rules.Term.Literal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonUndefined;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// The values of terms, where they have one.
final class TermValues {

  private final Facts facts;
  private final Map<FunctionCall, Optional<BsonValue>> results;
  private final Work work;
  private final Paths paths;
  private @Nullable FunctionCall firstUnknownCall;

  TermValues(Facts facts, Map<FunctionCall, Optional<BsonValue>> results, Work work) {
    this.facts = facts;
    this.results = results;
    this.work = work;
    this.paths = new Paths(work);
  }

  /// What a list holds.
  ///
  /// @param areAll whether every element has a value
  record Elements(List<BsonValue> known, boolean areAll) {}

  @Nullable FunctionCall firstUnknownCall() {
    return firstUnknownCall;
  }

  /// The value of a term, or `null` when it is missing.
  @Nullable BsonValue value(Term term) {
    return switch (term) {
      case Literal(BsonValue value) -> value;
      case Expansion expansion -> present(paths.find(facts.find(expansion.source()), expansion));
      case Converted(Converter converter, Term inner) -> converted(converter, inner);
      case Called(String function, List<Term> arguments) -> result(function, arguments);
      case Listed(List<Term> elements) -> array(elements);
      case Composed(Map<String, Term> fields) -> document(fields);
    };
  }

  /// The value that another one is compared with. A `null` that nobody wrote into the expression
  /// is as good as missing: it must not match what is missing itself.
  @Nullable BsonValue comparand(Term term) {
    BsonValue value = value(term);
    return value != null && value.isNull() && !(term instanceof Literal) ? null : value;
  }

  /// The elements of a term that should be an array, or `null` when it is none.
  @Nullable Elements elements(Term term) {
    if (term instanceof Listed(List<Term> elements)) {
      List<BsonValue> known = new ArrayList<>();
      for (Term element : elements) {
        BsonValue value = comparand(element);
        if (value != null) {
          known.add(value);
        }
      }
      return new Elements(known, known.size() == elements.size());
    }
    if (!(value(term) instanceof BsonArray array)) {
      return null;
    }
    work.spend(array.size());
    return term instanceof Literal
        ? new Elements(array, true)
        : new Elements(array.stream().filter(element -> !element.isNull()).toList(), true);
  }

  private static @Nullable BsonValue present(@Nullable BsonValue value) {
    return value instanceof BsonUndefined ? null : value;
  }

  private @Nullable BsonValue converted(Converter converter, Term inner) {
    BsonValue value = value(inner);
    return value == null ? null : converter.convert(value);
  }

  private @Nullable BsonValue result(String function, List<Term> arguments) {
    FunctionCall call = new FunctionCall(function, array(arguments));
    Optional<BsonValue> result = results.get(call);
    if (result == null) {
      firstUnknownCall = firstUnknownCall == null ? call : firstUnknownCall;
      return null;
    }
    return present(result.orElse(null));
  }

  private BsonArray array(List<Term> elements) {
    BsonArray array = new BsonArray();
    elements.forEach(element -> array.add(valueOrUndefined(element)));
    return array;
  }

  private BsonDocument document(Map<String, Term> fields) {
    BsonDocument document = new BsonDocument();
    fields.forEach((name, field) -> document.append(name, valueOrUndefined(field)));
    return document;
  }

  private BsonValue valueOrUndefined(Term term) {
    BsonValue value = value(term);
    return value == null ? new BsonUndefined() : value;
  }
}
