package dev.berth.gateway.authentication;

import dev.berth.appmodel.FunctionDefinition;
import dev.berth.appmodel.RunAs;
import dev.berth.gateway.authentication.Authentication.Authenticated;
import dev.berth.gateway.authentication.Authentication.Reason;
import dev.berth.gateway.authentication.Authentication.Refused;
import dev.berth.gateway.request.IncomingRequest;
import dev.berth.gateway.route.BoundEndpoint;
import dev.berth.invocation.Caller;
import dev.berth.invocation.RequestId;
import io.vertx.core.Future;

/// An authenticator for apps without users: system functions run, everything else is refused.
public final class SystemOnlyAuthenticator implements Authenticator {

  private static final Future<Authentication> SYSTEM =
      Future.succeededFuture(new Authenticated(Caller.system()));
  private static final Future<Authentication> MISSING =
      Future.succeededFuture(new Refused(Reason.MISSING_CREDENTIALS, "no credentials"));
  private static final Future<Authentication> INVALID =
      Future.succeededFuture(Authentication.invalid("this gateway has no users"));

  @Override
  public Future<Authentication> authenticate(
      BoundEndpoint target, FunctionDefinition function, IncomingRequest request, RequestId id) {
    return switch (function.runAs()) {
      case RunAs.AsSystem() -> SYSTEM;
      case RunAs.Caller() ->
          Credentials.in(request.headers()) instanceof Credentials.None ? MISSING : INVALID;
      case RunAs.AsUser(_), RunAs.ByScript(_) -> INVALID;
    };
  }
}
