package dev.berth.rules;

import dev.berth.rules.Condition.Compared;
import dev.berth.rules.Condition.Constant;
import dev.berth.rules.Condition.Equal;
import dev.berth.rules.Condition.Every;
import dev.berth.rules.Condition.Exists;
import dev.berth.rules.Condition.HasAll;
import dev.berth.rules.Condition.HasSize;
import dev.berth.rules.Condition.Holds;
import dev.berth.rules.Condition.In;
import dev.berth.rules.Condition.Not;
import dev.berth.rules.Condition.Order;
import dev.berth.rules.Condition.Some;
import dev.berth.rules.Term.Literal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// One evaluation of one expression, as far as the function results that are known allow.
///
/// A value that a test compares with and that is missing leaves the test undecided. A value that
/// is tested may be missing: then it equals `null`, and nothing else.
final class Evaluation {

  private final Work work;
  private final Comparison comparison;
  private final TermValues terms;

  /// @param results of the calls that were made; nothing for those that failed
  Evaluation(Facts facts, Map<FunctionCall, Optional<BsonValue>> results, Work work) {
    this.work = work;
    this.comparison = new Comparison(work);
    this.terms = new TermValues(facts, results, work);
  }

  /// Undecided, too, when it takes more work than an expression is worth.
  Truth of(Expression expression) {
    return of(expression.condition());
  }

  Truth of(Condition condition) {
    try {
      return truth(condition);
    } catch (Work.Exceeded _) {
      return Truth.UNDECIDED;
    }
  }

  /// A call whose result was wanted and is not known, or `null` when there was none.
  @Nullable FunctionCall firstUnknownCall() {
    return terms.firstUnknownCall();
  }

  private Truth truth(Condition condition) {
    work.spend(1);
    return switch (condition) {
      case Constant(Truth truth) -> truth;
      case Holds(Term value) -> truthOf(terms.value(value));
      case Every(List<Condition> parts) -> every(parts);
      case Some(List<Condition> parts) -> some(parts);
      case Not(Condition part) -> truth(part).negated();
      case Equal(Term left, Term right) -> equal(left, right);
      case Compared(Term left, Order order, Term right) -> compared(left, order, right);
      case In(Term left, Term elements) -> in(terms.value(left), terms.elements(elements));
      case HasAll(Term left, Term elements) -> hasAll(terms.value(left), terms.elements(elements));
      case HasSize(Term left, Term size) -> hasSize(terms.value(left), terms.comparand(size));
      case Exists(Term left, boolean wanted) -> Truth.of((terms.value(left) != null) == wanted);
    };
  }

  private static Truth truthOf(@Nullable BsonValue value) {
    return value instanceof BsonBoolean decided ? Truth.of(decided.getValue()) : Truth.UNDECIDED;
  }

  /// What is false decides, whatever stands before it and could not be decided.
  private Truth every(List<Condition> parts) {
    Truth all = Truth.TRUE;
    for (Condition part : parts) {
      Truth truth = truth(part);
      if (truth == Truth.FALSE) {
        return Truth.FALSE;
      }
      all = truth == Truth.UNDECIDED ? truth : all;
    }
    return all;
  }

  private Truth some(List<Condition> parts) {
    Truth any = Truth.FALSE;
    for (Condition part : parts) {
      Truth truth = truth(part);
      if (truth == Truth.TRUE) {
        return Truth.TRUE;
      }
      any = truth == Truth.UNDECIDED ? truth : any;
    }
    return any;
  }

  private Truth equal(Term left, Term right) {
    BsonValue value = terms.value(left);
    BsonValue wanted = terms.comparand(right);
    if (wanted == null) {
      return Truth.UNDECIDED;
    }
    boolean mayBeOneOf = right instanceof Term.Expansion && !(left instanceof Literal);
    return Truth.of(
        comparison.matches(value, wanted)
            || (mayBeOneOf && value != null && comparison.isElement(value, wanted)));
  }

  private Truth compared(Term left, Order order, Term right) {
    BsonValue value = terms.value(left);
    BsonValue other = terms.comparand(right);
    if (other == null) {
      return Truth.UNDECIDED;
    }
    if (!(value instanceof BsonArray array)) {
      return Truth.of(value != null && stands(value, order, other));
    }
    return Truth.of(array.stream().anyMatch(element -> stands(element, order, other)));
  }

  private boolean stands(BsonValue value, Order order, BsonValue other) {
    Integer result = comparison.compare(value, other);
    return result != null && order.allows(result);
  }

  private Truth in(@Nullable BsonValue value, TermValues.@Nullable Elements elements) {
    if (elements == null) {
      return Truth.UNDECIDED;
    }
    for (BsonValue element : elements.known()) {
      if (comparison.matches(value, element)) {
        return Truth.TRUE;
      }
    }
    return elements.areAll() ? Truth.FALSE : Truth.UNDECIDED;
  }

  private Truth hasAll(@Nullable BsonValue value, TermValues.@Nullable Elements elements) {
    if (elements == null || !elements.areAll()) {
      return Truth.UNDECIDED;
    }
    return Truth.of(
        value != null
            && !elements.known().isEmpty()
            && elements.known().stream().allMatch(element -> comparison.matches(value, element)));
  }

  private Truth hasSize(@Nullable BsonValue value, @Nullable BsonValue size) {
    if (size == null || !size.isNumber()) {
      return Truth.UNDECIDED;
    }
    return Truth.of(
        value instanceof BsonArray array && size.asNumber().doubleValue() == array.size());
  }
}
