package dev.berth.gateway.authentication;

import dev.berth.appmodel.FunctionDefinition;
import dev.berth.appmodel.RunAs;
import dev.berth.catalog.DeployedApp;
import dev.berth.gateway.request.IncomingRequest;
import dev.berth.gateway.route.BoundEndpoint;
import dev.berth.identity.Accounts;
import dev.berth.identity.Answer;
import dev.berth.identity.AppUser;
import dev.berth.identity.Credential;
import dev.berth.identity.Denial;
import dev.berth.identity.Session;
import dev.berth.invocation.Caller;
import dev.berth.invocation.Invocation;
import dev.berth.invocation.RequestId;
import io.vertx.core.Future;
import java.util.function.Supplier;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/// Knows the users of all apps.
///
/// With application authentication the credentials decide alone: a bearer token first and without
/// any way around it, else the headers of one provider. In the other modes they only say who
/// `context.user` is, and those that are not valid say nothing.
public final class AccountsAuthenticator implements Authenticator {

  private final Supplier<Accounts> accounts;
  private final Rights rights;

  public AccountsAuthenticator(Supplier<Accounts> accounts, Rights rights) {
    this.accounts = accounts;
    this.rights = rights;
  }

  @Override
  public Future<Authentication> authenticate(
      BoundEndpoint target, FunctionDefinition function, IncomingRequest request, RequestId id) {
    boolean required = function.runAs() instanceof RunAs.Caller;
    return switch (Credentials.in(request.headers())) {
      case Credentials.None() -> decide(target, function, request, id, null);
      case Credentials.Unclear(String why) ->
          required
              ? Future.succeededFuture(Authentication.invalid(why))
              : decide(target, function, request, id, null);
      case Credentials.Bearer(String token) ->
          proven(ofToken(target.app(), token), required, target, function, request, id);
      case Credentials.OfProvider(Credential credential) ->
          proven(
              accounts
                  .get()
                  .identify(
                      target.app(),
                      credential,
                      required && target.endpoint().createUserOnAuth(),
                      request.remoteIpAddress()),
              required,
              target,
              function,
              request,
              id);
    };
  }

  private Future<Answer<AppUser>> ofToken(DeployedApp app, String token) {
    return accounts
        .get()
        .verifyAccess(token)
        .map(
            answer ->
                switch (answer) {
                  case Answer.Granted<Session>(Session session)
                      when !session.appId().equals(app.id()) ->
                      Answer.denied(
                          Denial.Code.USER_APP_DOMAIN_MISMATCH, "the token is of another app");
                  case Answer.Granted<Session>(Session session) -> Answer.granted(session.user());
                  case Answer.Denied<Session>(Denial denial) -> Answer.denied(denial);
                });
  }

  private Future<Authentication> proven(
      Future<Answer<AppUser>> answer,
      boolean required,
      BoundEndpoint target,
      FunctionDefinition function,
      IncomingRequest request,
      RequestId id) {
    return answer.compose(
        given ->
            switch (given) {
              case Answer.Granted<AppUser>(AppUser user) ->
                  withCustomData(target, user)
                      .compose(known -> decide(target, function, request, id, known));
              case Answer.Denied<AppUser>(Denial denial) ->
                  required
                      ? Future.succeededFuture(Authentication.denied(denial))
                      : decide(target, function, request, id, null);
            });
  }

  /// An endpoint asks for custom data or goes without: what a token says may be half an hour old.
  private Future<Caller.SignedIn> withCustomData(BoundEndpoint target, AppUser user) {
    if (!target.endpoint().fetchCustomUserData()) {
      return Future.succeededFuture(SignedInUsers.of(user.withCustomData(new BsonDocument())));
    }
    return accounts
        .get()
        .find(target.app().id(), user.id())
        .map(now -> SignedInUsers.of(now.orElse(user)));
  }

  private Future<Authentication> decide(
      BoundEndpoint target,
      FunctionDefinition function,
      IncomingRequest request,
      RequestId id,
      Caller.@Nullable SignedIn user) {
    return rights.of(
        target.app(),
        function,
        user,
        id,
        (envelope, script) ->
            new Invocation.EndpointCall(
                envelope, script, request.toEndpointRequest(target.endpoint().route()), true));
  }
}
