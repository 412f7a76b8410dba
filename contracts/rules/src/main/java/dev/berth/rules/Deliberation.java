package dev.berth.rules;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.bson.BsonValue;

/// Decides expressions about one request or one document, and calls a function at most once for
/// the same arguments.
///
/// An expression is evaluated with the function results that are known. When one is missing that
/// matters, it is called, and the evaluation begins anew: so an expression without `%function`,
/// or one that the rest of it decides, is decided at once.
///
/// Decisions must not overlap: the next one begins when the last one is complete.
public final class Deliberation {

  /// How many functions may be called before what depends on others stays undecided.
  public static final int MAX_CALLS = 200;

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
    return answer(truths -> truths.of(expression, facts), Work::ofExpression);
  }

  /// Answers what depends on many expressions, which are evaluated against facts of their own.
  ///
  /// @return complete already when no function has to be called; fails only as the question does
  public <T> CompletionStage<T> answer(Question<T> question) {
    return answer(question, Work::ofDocument);
  }

  private <T> CompletionStage<T> answer(Question<T> question, Supplier<Work> work) {
    Truths truths = new Truths(results, work.get());
    try {
      return CompletableFuture.completedFuture(question.answer(truths));
    } catch (Truths.Interrupted interrupted) {
      FunctionCall missing = truths.wanted();
      if (missing == null) {
        throw interrupted;
      }
      return result(missing)
          .thenCompose(
              result -> {
                results.put(missing, result);
                return answer(question, work);
              });
    }
  }

  /// @return nothing when the call failed, or was one too many
  private CompletionStage<Optional<BsonValue>> result(FunctionCall call) {
    if (results.size() >= MAX_CALLS) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    try {
      return functions.call(call).handle((value, _) -> Optional.ofNullable(value));
    } catch (RuntimeException _) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
  }
}
