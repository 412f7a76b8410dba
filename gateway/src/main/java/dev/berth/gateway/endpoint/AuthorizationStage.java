package dev.berth.gateway.endpoint;

import dev.berth.gateway.authorization.AuthenticatedRequest;
import dev.berth.gateway.authorization.Authorization;
import dev.berth.gateway.authorization.Authorizer;
import dev.berth.gateway.reply.Refusal;
import io.vertx.core.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets only authorized requests pass; why one was not is for the log alone.
final class AuthorizationStage implements Stage {

  private static final Logger LOG = LoggerFactory.getLogger(AuthorizationStage.class);

  private final Authorizer authorizer;

  AuthorizationStage(Authorizer authorizer) {
    this.authorizer = authorizer;
  }

  @Override
  public Future<Passage> pass(Exchange exchange) {
    AuthenticatedRequest request =
        new AuthenticatedRequest(
            exchange.requestId(), exchange.target(), exchange.request(), exchange.caller());
    return authorizer.authorize(request).map(authorization -> passage(authorization, exchange));
  }

  private static Passage passage(Authorization authorization, Exchange exchange) {
    return switch (authorization) {
      case Authorization.Allowed() -> new Passage.Passed(exchange);
      case Authorization.Denied(String reason) -> {
        exchange.facts(LOG.atInfo()).addKeyValue("reason", reason).log("request not authorized");
        yield new Passage.Refused(new Refusal.Unauthorized());
      }
    };
  }
}
