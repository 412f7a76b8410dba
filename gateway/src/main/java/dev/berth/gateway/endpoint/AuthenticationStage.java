package dev.berth.gateway.endpoint;

import dev.berth.appmodel.FunctionDefinition;
import dev.berth.gateway.authentication.Authentication;
import dev.berth.gateway.authentication.Authenticator;
import dev.berth.gateway.reply.Refusal;
import dev.berth.invocation.Caller;
import io.vertx.core.Future;

/// Finds out as whom the function runs. The mode is said by the function, so there must be one.
final class AuthenticationStage implements Stage {

  private final Authenticator authenticator;

  AuthenticationStage(Authenticator authenticator) {
    this.authenticator = authenticator;
  }

  @Override
  public Future<Passage> pass(Exchange exchange) {
    FunctionDefinition function = exchange.target().function();
    if (function == null) {
      String name = exchange.target().endpoint().functionName();
      return Future.succeededFuture(new Passage.Refused(new Refusal.FunctionNotFound(name)));
    }
    return authenticator
        .authenticate(exchange.target(), function.runAs(), exchange.request())
        .map(authentication -> passage(authentication, exchange));
  }

  private static Passage passage(Authentication authentication, Exchange exchange) {
    return switch (authentication) {
      case Authentication.Authenticated(Caller caller) -> new Passage.Passed(exchange.as(caller));
      case Authentication.Refused(var reason) ->
          new Passage.Refused(
              switch (reason) {
                case MISSING_CREDENTIALS -> new Refusal.MissingCredentials();
                case INVALID_SESSION -> new Refusal.InvalidSession();
              });
    };
  }
}
