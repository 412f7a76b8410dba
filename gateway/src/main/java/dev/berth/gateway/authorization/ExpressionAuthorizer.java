package dev.berth.gateway.authorization;

import dev.berth.gateway.authorization.Authorization.Allowed;
import dev.berth.gateway.authorization.Authorization.Denied;
import dev.berth.gateway.route.BoundEndpoint;
import dev.berth.invocation.Invoker;
import dev.berth.rules.Deliberation;
import dev.berth.rules.Expression;
import dev.berth.rules.Truth;
import io.vertx.core.Future;
import java.time.Duration;

/// Evaluates `can_evaluate` of the endpoint, then that of its function. Nothing but true allows.
public final class ExpressionAuthorizer implements Authorizer {

  private static final Future<Authorization> ALLOWED = Future.succeededFuture(new Allowed());

  private final Invoker invoker;
  private final Duration functionTimeLimit;

  /// @param functionTimeLimit how long each function may run that an expression calls
  public ExpressionAuthorizer(Invoker invoker, Duration functionTimeLimit) {
    this.invoker = invoker;
    this.functionTimeLimit = functionTimeLimit;
  }

  @Override
  public Future<Authorization> authorize(AuthenticatedRequest request) {
    BoundEndpoint target = request.target();
    if (target.condition().isAlwaysTrue() && target.functionCondition().isAlwaysTrue()) {
      return ALLOWED;
    }
    Deliberation deliberation =
        deliberation(
            new Call(
                target.app(),
                target.constants(),
                request.id(),
                request.caller(),
                () -> request.request().toEndpointRequest(target.endpoint().route()).facts()));
    return decide(deliberation, target.condition(), "the endpoint")
        .compose(
            authorization ->
                switch (authorization) {
                  case Allowed() ->
                      decide(deliberation, target.functionCondition(), "its function");
                  case Denied _ -> Future.succeededFuture(authorization);
                });
  }

  /// Decides about a call of a function that no endpoint leads to.
  ///
  /// @param condition see [dev.berth.gateway.route.AppConstants#conditionOf]
  public Future<Authorization> authorize(Call call, Expression condition) {
    return condition.isAlwaysTrue()
        ? ALLOWED
        : decide(deliberation(call), condition, "the function");
  }

  private Deliberation deliberation(Call call) {
    CallFacts facts = new CallFacts(call);
    return new Deliberation(
        facts, new ExpressionFunctions(call, facts, invoker, functionTimeLimit));
  }

  private static Future<Authorization> decide(
      Deliberation deliberation, Expression expression, String whose) {
    return Future.fromCompletionStage(deliberation.decide(expression))
        .map(truth -> authorization(truth, whose));
  }

  private static Authorization authorization(Truth truth, String whose) {
    return switch (truth) {
      case TRUE -> new Allowed();
      case FALSE -> new Denied("can_evaluate of " + whose + " is false");
      case UNDECIDED -> new Denied("can_evaluate of " + whose + " could not be decided");
    };
  }
}
