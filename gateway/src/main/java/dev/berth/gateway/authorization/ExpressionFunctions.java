package dev.berth.gateway.authorization;

import dev.berth.appmodel.FunctionDefinition;
import dev.berth.appmodel.RunAs;
import dev.berth.catalog.DeployedApp;
import dev.berth.invocation.Caller;
import dev.berth.invocation.Invocation;
import dev.berth.invocation.Invoker;
import dev.berth.invocation.Outcome;
import dev.berth.rules.Expression;
import dev.berth.rules.FunctionCall;
import dev.berth.rules.Functions;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs the functions that expressions about one call name, as the caller or as the function
/// itself says.
final class ExpressionFunctions implements Functions {

  private static final Logger LOG = LoggerFactory.getLogger(ExpressionFunctions.class);

  private final Call call;
  private final CallFacts facts;
  private final Invoker invoker;
  private final Duration timeLimit;

  ExpressionFunctions(Call call, CallFacts facts, Invoker invoker, Duration timeLimit) {
    this.call = call;
    this.facts = facts;
    this.invoker = invoker;
    this.timeLimit = timeLimit;
  }

  @Override
  public CompletionStage<BsonValue> call(FunctionCall wanted) {
    DeployedApp app = call.app();
    Caller caller = callerOf(wanted.function());
    if (caller == null) {
      return failed(wanted, "expressions cannot call it").toCompletionStage();
    }
    Invocation.Envelope envelope =
        new Invocation.Envelope(app.id(), app.revision(), call.requestId(), caller, timeLimit);
    return invoker
        .invoke(
            new Invocation.FunctionCall(
                envelope, wanted.function(), wanted.arguments(), facts.requestFacts()))
        .compose(outcome -> result(wanted, outcome))
        .toCompletionStage();
  }

  /// As whom a function runs, or `null` when it must not: it is not there, its own `can_evaluate`
  /// would have to be decided first, or it runs as a user that the caller is not.
  private @Nullable Caller callerOf(String name) {
    FunctionDefinition function = call.app().definition().functions().get(name);
    Expression condition = call.constants().conditionOf(name);
    if (function == null || condition == null || !condition.isAlwaysTrue()) {
      return null;
    }
    return switch (function.runAs()) {
      case RunAs.AsSystem() -> new Caller.SystemUser(call.caller().user());
      case RunAs.Caller() -> call.caller();
      case RunAs.AsUser(_), RunAs.ByScript(_) -> null;
    };
  }

  private Future<BsonValue> result(FunctionCall wanted, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Returned(BsonValue value) -> Future.succeededFuture(value);
      case Outcome.Threw(String code, _) -> failed(wanted, "it threw: " + code);
      case Outcome.OverLimit(var limit, _) -> failed(wanted, "it passed a limit: " + limit);
      case Outcome.NotFound(_) -> failed(wanted, "there is no such function");
      case Outcome.Unavailable(String reason, _) -> failed(wanted, reason);
      case Outcome.Lost(String reason) -> failed(wanted, reason);
      case Outcome.Responded _ -> failed(wanted, "it ended as if it were an endpoint");
    };
  }

  private Future<BsonValue> failed(FunctionCall wanted, String reason) {
    LOG.atInfo()
        .addKeyValue("appId", call.app().id())
        .addKeyValue("revision", call.app().revision())
        .addKeyValue("function", wanted.function())
        .addKeyValue("requestId", call.requestId())
        .addKeyValue("reason", reason)
        .log("a function of an expression failed");
    return Future.failedFuture(reason);
  }
}
