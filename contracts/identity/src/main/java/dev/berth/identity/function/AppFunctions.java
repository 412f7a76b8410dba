package dev.berth.identity.function;

import dev.berth.appmodel.FunctionDefinition;
import dev.berth.appmodel.RunAs;
import dev.berth.catalog.DeployedApp;
import dev.berth.invocation.Caller;
import dev.berth.invocation.Invocation.Envelope;
import dev.berth.invocation.Invocation.FunctionCall;
import dev.berth.invocation.Invoker;
import dev.berth.invocation.Outcome;
import dev.berth.invocation.RequestFacts;
import dev.berth.invocation.RequestId;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;

/// Runs functions of an app while somebody signs in, so that there is no calling user: as the
/// system user where the function says so, as nobody otherwise.
public final class AppFunctions {

  private static final Duration TIME_LIMIT = Duration.ofMinutes(5);

  private final Invoker invoker;

  public AppFunctions(Invoker invoker) {
    this.invoker = invoker;
  }

  /// How a function ended.
  public sealed interface Result {

    record Returned(BsonValue value) implements Result {

      /// The `status` of an object that was returned; empty text when there is none.
      public String status() {
        return value instanceof BsonDocument document
                && document.get("status") instanceof BsonString status
            ? status.getValue()
            : "";
      }
    }

    /// It threw, passed a limit, or is not there.
    ///
    /// @param message what was thrown, or which limit was passed
    record Failed(String message) implements Result {}
  }

  /// Calls a function of the app.
  ///
  /// @param remoteAddress of the client; empty when it is not known
  /// @return fails when the function could not be run
  public Future<Result> call(
      DeployedApp app, String function, List<BsonValue> arguments, String remoteAddress) {
    Envelope envelope =
        new Envelope(app.id(), app.revision(), RequestId.next(), caller(app, function), TIME_LIMIT);
    RequestFacts request = new RequestFacts(remoteAddress, "", "", "", List.of());
    return invoker
        .invoke(new FunctionCall(envelope, function, arguments, request))
        .compose(AppFunctions::result);
  }

  private static Caller caller(DeployedApp app, String function) {
    FunctionDefinition definition = app.definition().functions().get(function);
    return definition != null && definition.runAs() instanceof RunAs.AsSystem
        ? Caller.system()
        : Caller.nobody();
  }

  private static Future<Result> result(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Returned(BsonValue value) -> Future.succeededFuture(new Result.Returned(value));
      case Outcome.Threw(_, String message) -> Future.succeededFuture(new Result.Failed(message));
      case Outcome.OverLimit(_, String message) ->
          Future.succeededFuture(new Result.Failed(message));
      case Outcome.NotFound(String name) ->
          Future.succeededFuture(new Result.Failed("function not found: '" + name + "'"));
      case Outcome.Unavailable(String reason, _) -> notRun(reason);
      case Outcome.Lost(String reason) -> notRun(reason);
      case Outcome.Responded _ -> notRun("it was taken for an endpoint");
    };
  }

  private static Future<Result> notRun(String reason) {
    return Future.failedFuture(
        new IllegalStateException("a function that signs users in could not be run: " + reason));
  }
}
