package dev.berth.gateway.endpoint;

import dev.berth.appmodel.FunctionDefinition;
import dev.berth.gateway.authentication.Authentication;
import dev.berth.gateway.authentication.Authenticator;
import dev.berth.gateway.reply.Refusal;
import dev.berth.invocation.Caller;
import io.vertx.core.Future;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds out as whom the function runs. The mode is said by the function, so there must be one.
final class AuthenticationStage implements Stage {

  private static final Logger LOG = LoggerFactory.getLogger(AuthenticationStage.class);

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
        .authenticate(exchange.target(), function, exchange.request(), exchange.requestId())
        .map(authentication -> passage(authentication, exchange));
  }

  private static Passage passage(Authentication authentication, Exchange exchange) {
    return switch (authentication) {
      case Authentication.Authenticated(Caller caller) -> new Passage.Passed(exchange.as(caller));
      case Authentication.Refused(var reason, String why) -> {
        log(exchange, why);
        yield new Passage.Refused(
            switch (reason) {
              case MISSING_CREDENTIALS -> new Refusal.MissingCredentials();
              case INVALID_SESSION -> new Refusal.InvalidSession();
            });
      }
      case Authentication.Throttled(String message, Duration retryAfter) -> {
        log(exchange, message);
        yield new Passage.Refused(new Refusal.TooManyAttempts(message, retryAfter));
      }
    };
  }

  private static void log(Exchange exchange, String why) {
    exchange.facts(LOG.atInfo()).addKeyValue("reason", why).log("request not authenticated");
  }
}
