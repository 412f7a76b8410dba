package dev.berth.worker.access;

import dev.berth.jsruntime.service.CallScope;
import dev.berth.jsruntime.service.CalleeRules;
import dev.berth.rules.Deliberation;
import dev.berth.rules.Expression;
import dev.berth.rules.FunctionCall;
import dev.berth.rules.Functions;
import dev.berth.rules.Truth;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// `can_evaluate` of functions that other functions call. Nothing but true allows.
public final class FunctionConditions implements CalleeRules {

  private final RuleBook rules;

  public FunctionConditions(RuleBook rules) {
    this.rules = rules;
  }

  @Override
  public Decision about(CallScope scope, String function) {
    AppRules app = rules.find(scope.appId(), scope.invocation().revision());
    Expression condition = app == null ? null : app.conditionOf(function);
    return app == null || condition == null ? new Refusal() : new Deciding(app, condition, scope);
  }

  private static final class Deciding implements Decision, Functions {

    private final AppRules app;
    private final CompletableFuture<Truth> truth;
    private @Nullable FunctionCall wanted;
    private CompletableFuture<BsonValue> result = new CompletableFuture<>();

    Deciding(AppRules app, Expression condition, CallScope scope) {
      this.app = app;
      this.truth =
          new Deliberation(app.facts(scope.invocation()), this)
              .decide(condition)
              .toCompletableFuture();
    }

    @Override
    public CompletionStage<BsonValue> call(FunctionCall call) {
      if (!app.isOpenToExpressions(call.function())) {
        return CompletableFuture.failedFuture(
            new IllegalStateException("expressions cannot call " + call.function()));
      }
      wanted = call;
      result = new CompletableFuture<>();
      return result;
    }

    @Override
    public Step step() {
      FunctionCall call = wanted;
      return truth.isDone() || call == null
          ? new Step.Decided(truth.getNow(Truth.UNDECIDED) == Truth.TRUE)
          : new Step.Wanted(call.function(), call.arguments());
    }

    @Override
    public Step after(@Nullable BsonValue value) {
      if (value == null) {
        result.completeExceptionally(new IllegalStateException("a function failed"));
      } else {
        result.complete(value);
      }
      return step();
    }
  }
}
