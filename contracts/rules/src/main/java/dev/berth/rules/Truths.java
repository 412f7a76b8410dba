package dev.berth.rules;

import java.util.Map;
import java.util.Optional;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// What expressions come to, for the time of one answer to a [Question].
///
/// All of them share what one answer may cost. When it is used up, the rest is undecided.
public final class Truths {

  private final Map<FunctionCall, Optional<BsonValue>> results;
  private final Work work;
  private @Nullable FunctionCall wanted;

  Truths(Map<FunctionCall, Optional<BsonValue>> results, Work work) {
    this.results = results;
    this.work = work;
  }

  /// The answer depends on a call that was not made yet; see [#wanted].
  static final class Interrupted extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Interrupted() {
      super("a function has to be called first", null, false, false);
    }
  }

  /// The call that interrupted the answer.
  @Nullable FunctionCall wanted() {
    return wanted;
  }

  /// Whether an expression holds; what could not be decided does not.
  public boolean holds(Expression expression, Facts facts) {
    return of(expression, facts) == Truth.TRUE;
  }

  public Truth of(Expression expression, Facts facts) {
    if (expression.condition() instanceof Condition.Constant(Truth truth)) {
      return truth;
    }
    Evaluation evaluation = new Evaluation(facts, results, work);
    Truth truth = evaluation.of(expression);
    if (truth == Truth.UNDECIDED) {
      interruptFor(evaluation.firstUnknownCall());
    }
    return truth;
  }

  /// The value of a term that something else is compared with, or `null` when it is missing.
  @Nullable BsonValue comparand(Term term, Facts facts) {
    TermValues values = new TermValues(facts, results, work);
    BsonValue value;
    try {
      value = values.comparand(term);
    } catch (Work.Exceeded _) {
      return null;
    }
    interruptFor(values.firstUnknownCall());
    return value;
  }

  /// Whether two values are the same, numbers by their value; false when that takes too long.
  public boolean same(BsonValue a, BsonValue b) {
    try {
      return new Comparison(work).same(a, b);
    } catch (Work.Exceeded _) {
      return false;
    }
  }

  /// As `compareTo`, or `null` when there is no order between the two.
  public @Nullable Integer compare(BsonValue a, BsonValue b) {
    try {
      return new Comparison(work).compare(a, b);
    } catch (Work.Exceeded _) {
      return null;
    }
  }

  /// Spends a part of what the answer may cost.
  ///
  /// @return false when nothing is left
  public boolean spend(long steps) {
    return work.isLeft(steps);
  }

  private void interruptFor(@Nullable FunctionCall call) {
    if (call != null) {
      wanted = call;
      throw new Interrupted();
    }
  }
}
