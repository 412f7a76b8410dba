package dev.berth.gateway.authentication;

import dev.berth.appmodel.FunctionDefinition;
import dev.berth.appmodel.RunAs;
import dev.berth.catalog.DeployedApp;
import dev.berth.gateway.authentication.Authentication.Authenticated;
import dev.berth.gateway.authentication.Authentication.Reason;
import dev.berth.gateway.authentication.Authentication.Refused;
import dev.berth.identity.Accounts;
import dev.berth.identity.AppUser;
import dev.berth.invocation.Caller;
import dev.berth.invocation.Invocation;
import dev.berth.invocation.Invoker;
import dev.berth.invocation.Outcome;
import dev.berth.invocation.RequestId;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// Finds whose rights a function runs with, once it is known who calls. Safe from any thread.
public final class Rights {

  /// A script only names a user; what takes longer is broken, and its caller waits.
  private static final Duration SCRIPT_TIME_LIMIT = Duration.ofSeconds(10);

  private static final Future<Authentication> SYSTEM =
      Future.succeededFuture(new Authenticated(Caller.system()));

  private final Supplier<Accounts> accounts;
  private final Invoker invoker;

  public Rights(Supplier<Accounts> accounts, Invoker invoker) {
    this.accounts = accounts;
    this.invoker = invoker;
  }

  /// How the script of a function is called, with what its function would get.
  @FunctionalInterface
  public interface ScriptCall {
    Invocation of(Invocation.Envelope envelope, String script);
  }

  /// Decides for one call.
  ///
  /// @param user who calls, verified; `null` when nobody signed in
  public Future<Authentication> of(
      DeployedApp app,
      FunctionDefinition function,
      Caller.@Nullable SignedIn user,
      RequestId id,
      ScriptCall scriptCall) {
    return switch (function.runAs()) {
      case RunAs.Caller() ->
          Future.succeededFuture(
              user == null
                  ? new Refused(Reason.MISSING_CREDENTIALS, "no credentials")
                  : new Authenticated(user));
      case RunAs.AsSystem() -> asSystem(user);
      case RunAs.AsUser(String userId) -> asUser(app, userId, user);
      case RunAs.ByScript(_) -> {
        FunctionDefinition script = function.runAsScript().orElseThrow();
        Invocation.Envelope envelope =
            new Invocation.Envelope(
                app.id(), app.revision(), id, new Caller.SystemUser(user), SCRIPT_TIME_LIMIT);
        yield invoker
            .invoke(scriptCall.of(envelope, script.name()))
            .compose(outcome -> byScript(outcome, app, user));
      }
    };
  }

  private static Future<Authentication> asSystem(Caller.@Nullable SignedIn user) {
    return user == null
        ? SYSTEM
        : Future.succeededFuture(new Authenticated(new Caller.SystemUser(user)));
  }

  private Future<Authentication> asUser(
      DeployedApp app, String userId, Caller.@Nullable SignedIn user) {
    return accounts.get().find(app.id(), userId).map(found -> inPlaceOf(found, userId, user));
  }

  private static Authentication inPlaceOf(
      Optional<AppUser> found, String userId, Caller.@Nullable SignedIn user) {
    if (found.isEmpty()) {
      return Authentication.invalid("there is no user " + userId + " to run as");
    }
    if (found.get().disabled()) {
      return Authentication.invalid("the user " + userId + " to run as is disabled");
    }
    Caller.SignedIn rights = SignedInUsers.of(found.get());
    return new Authenticated(
        user == null || user.id().equals(rights.id())
            ? rights
            : new Caller.InPlaceOf(rights, user));
  }

  private Future<Authentication> byScript(
      Outcome outcome, DeployedApp app, Caller.@Nullable SignedIn user) {
    BsonValue answer =
        switch (outcome) {
          case Outcome.Returned(BsonValue value) -> value;
          case Outcome.Responded(_, _, Outcome.Body.Result(BsonValue value)) -> value;
          case Outcome.Responded _,
              Outcome.Threw _,
              Outcome.OverLimit _,
              Outcome.NotFound _,
              Outcome.Unavailable _,
              Outcome.Lost _ ->
              null;
        };
    if (answer == null) {
      // What it threw is in the app's own log; here it might show what the app keeps to itself.
      return refused(
          "the script that says whom to run as did not return: "
              + outcome.getClass().getSimpleName());
    }
    if (answer.isString()) {
      return asUser(app, answer.asString().getValue(), user);
    }
    return isSystem(answer)
        ? asSystem(user)
        : refused("the script returned neither a user id nor {runAsSystem: true}");
  }

  private static boolean isSystem(BsonValue answer) {
    return answer.isDocument()
        && answer.asDocument().equals(new BsonDocument("runAsSystem", BsonBoolean.TRUE));
  }

  private static Future<Authentication> refused(String why) {
    return Future.succeededFuture(Authentication.invalid(why));
  }
}
