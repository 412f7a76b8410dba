package dev.berth.gateway.authentication;

import dev.berth.appmodel.RunAs;
import dev.berth.gateway.authentication.Authentication.Authenticated;
import dev.berth.gateway.authentication.Authentication.Reason;
import dev.berth.gateway.authentication.Authentication.Refused;
import dev.berth.gateway.request.IncomingRequest;
import dev.berth.gateway.route.BoundEndpoint;
import dev.berth.invocation.Caller;
import io.vertx.core.Future;

/// An authenticator for apps without users: system functions run, everything else is refused.
public final class SystemOnlyAuthenticator implements Authenticator {

  private static final Future<Authentication> SYSTEM =
      Future.succeededFuture(new Authenticated(Caller.system()));
  private static final Future<Authentication> MISSING =
      Future.succeededFuture(new Refused(Reason.MISSING_CREDENTIALS));
  private static final Future<Authentication> INVALID =
      Future.succeededFuture(new Refused(Reason.INVALID_SESSION));

  @Override
  public Future<Authentication> authenticate(
      BoundEndpoint target, RunAs runAs, IncomingRequest request) {
    return switch (runAs) {
      case RunAs.AsSystem() -> SYSTEM;
      case RunAs.Caller() -> Credentials.areIn(request.headers()) ? INVALID : MISSING;
      case RunAs.AsUser(_), RunAs.ByScript(_) -> INVALID;
    };
  }
}
