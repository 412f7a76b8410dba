package dev.berth.controlplane.logs;

import dev.berth.invocation.Caller;
import dev.berth.invocation.DataOperation;
import dev.berth.invocation.Invocation;
import dev.berth.invocation.Invocation.DataCall;
import dev.berth.invocation.Invocation.EndpointCall;
import dev.berth.invocation.Invocation.FunctionCall;
import dev.berth.invocation.Invocation.SourceCall;
import dev.berth.invocation.Invoker;
import dev.berth.invocation.Limit;
import dev.berth.invocation.Outcome;
import dev.berth.invocation.RequestFacts;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Writes every invocation into the log of its app when it has ended. Adds no waiting: what
/// cannot be written in time is dropped.
public final class LoggedInvoker implements Invoker {

  private final Invoker invoker;
  private final LogQueue queue;
  private final InstantSource clock;

  public LoggedInvoker(Invoker invoker, LogQueue queue, InstantSource clock) {
    this.invoker = invoker;
    this.queue = queue;
    this.clock = clock;
  }

  @Override
  public Future<Outcome> invoke(Invocation invocation) {
    Instant started = clock.instant();
    return invoker
        .invoke(invocation)
        .onSuccess(
            outcome -> {
              if (!isUneventful(invocation, outcome)) {
                queue.add(entry(invocation, started, outcome));
              }
            });
  }

  /// A client that watches has somebody look every second; that says nothing as long as it works.
  private static boolean isUneventful(Invocation invocation, Outcome outcome) {
    return invocation instanceof DataCall call
        && call.operation() == DataOperation.CHANGES
        && outcome instanceof Outcome.Returned;
  }

  private LogEntry entry(Invocation invocation, Instant started, Outcome outcome) {
    RequestFacts facts = facts(invocation);
    Caller.SignedIn user = invocation.envelope().caller().user();
    Ending ending = ending(outcome);
    return new LogEntry(
        invocation.appId(),
        invocation.requestId(),
        type(invocation),
        invocation.function(),
        null,
        user == null ? null : user.id(),
        facts.remoteIpAddress(),
        facts.method(),
        facts.route(),
        started,
        clock.instant(),
        ending.status,
        ending.error,
        ending.code);
  }

  /// The Data API is an endpoint, and has a route as one.
  private static String type(Invocation invocation) {
    return switch (invocation) {
      case EndpointCall _ -> "ENDPOINT";
      case FunctionCall _, SourceCall _ -> "FUNCTION";
      case DataCall call -> call.request().route().isEmpty() ? "SERVICE_FUNCTION" : "ENDPOINT";
    };
  }

  private static RequestFacts facts(Invocation invocation) {
    return switch (invocation) {
      case EndpointCall call -> call.request().facts();
      case FunctionCall call -> call.request();
      case SourceCall call -> call.request();
      case DataCall call -> call.request();
    };
  }

  /// @param error empty when there was none
  private record Ending(int status, String error, String code) {}

  private static Ending ending(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Returned _ -> new Ending(200, "", "");
      case Outcome.Responded(@Nullable Integer status, _, _) ->
          new Ending(status == null ? 200 : status, "", "");
      case Outcome.Threw(String code, String message) -> new Ending(400, message, code);
      case Outcome.OverLimit(Limit limit, String message) ->
          new Ending(400, message, limit.errorCode());
      case Outcome.NotFound(String function) ->
          new Ending(404, "function not found: '" + function + "'", "FunctionNotFound");
      case Outcome.Unavailable(String reason, _) -> new Ending(503, reason, "InternalServerError");
      case Outcome.Lost(String reason) -> new Ending(503, reason, "InternalServerError");
    };
  }
}
