package dev.berth.rules;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.bson.BsonValue;

/// Decides expressions about one set of facts, and calls a function at most once for the same
/// arguments.
///
/// An expression is evaluated with the function results that are known. When one is missing that
/// matters, it is called, and the evaluation begins anew: so an expression without `%function`,
/// or one that the rest of it decides, is decided at once.
///
/// Decisions must not overlap: the next one begins when the last one is complete.
public final class Deliberation {

  private final Facts facts;
  private final Functions functions;
  private final Map<FunctionCall, Optional<BsonValue>> results = new HashMap<>();

  public Deliberation(Facts facts, Functions functions) {
    this.facts = facts;
    this.functions = functions;
  }

  /// Decides one expression.
  ///
  /// @return complete already when no function has to be called; never fails
  public CompletionStage<Truth> decide(Expression expression) {
    Evaluation evaluation = new Evaluation(facts, results);
    Truth truth = evaluation.of(expression);
    FunctionCall missing = evaluation.firstUnknownCall();
    return truth != Truth.UNDECIDED || missing == null
        ? CompletableFuture.completedFuture(truth)
        : result(missing)
            .thenCompose(
                result -> {
                  results.put(missing, result);
                  return decide(expression);
                });
  }

  /// @return nothing when the call failed
  private CompletionStage<Optional<BsonValue>> result(FunctionCall call) {
    try {
      return functions.call(call).handle((value, _) -> Optional.ofNullable(value));
    } catch (RuntimeException _) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
  }
}
