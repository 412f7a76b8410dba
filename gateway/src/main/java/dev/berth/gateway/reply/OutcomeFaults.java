package dev.berth.gateway.reply;

import dev.berth.invocation.Limit;
import dev.berth.invocation.Outcome;
import java.time.Duration;

/// What a caller is told when app code did not come to its end.
public final class OutcomeFaults {

  private OutcomeFaults() {}

  /// The fault behind an outcome that is none of success.
  ///
  /// @throws IllegalArgumentException when it is
  public static Fault of(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Threw(String code, String message) -> new Fault(400, message, code);
      case Outcome.OverLimit(Limit limit, String message) -> overLimit(limit, message);
      case Outcome.NotFound(String function) -> functionNotFound(function);
      case Outcome.Unavailable(_, String region) ->
          new Fault(
              503,
              region == null
                  ? "the app cannot take this request now"
                  : "no worker is there in the region " + region,
              "InternalServerError",
              Duration.ofSeconds(1));
      // No Retry-After: only the caller knows whether the call may run twice.
      case Outcome.Lost(_) ->
          new Fault(503, "the app was stopped while it ran", "InternalServerError");
      case Outcome.Returned(_), Outcome.Responded(_, _, _) ->
          throw new IllegalArgumentException("this ended as another kind of call does");
    };
  }

  /// An operation on data that was refused or failed, without any app code in between.
  public static Fault ofData(String code, String message) {
    int status =
        switch (code) {
          case "NoMatchingRuleFound" -> 403;
          case "ServiceNotFound", "ServiceCommandNotFound" -> 404;
          case "InternalServerError" -> 500;
          default -> 400;
        };
    return new Fault(status, message, code);
  }

  private static Fault overLimit(Limit limit, String message) {
    String error =
        switch (limit) {
          case TIME -> "execution time limit exceeded";
          case CPU_TIME -> "CPU time limit exceeded";
          case MEMORY, STACK_FRAMES, ASYNC_OPERATIONS, SOCKETS, RESPONSE_SIZE, LOG_LINES -> message;
        };
    return new Fault(400, error, limit.errorCode());
  }

  public static Fault functionNotFound(String function) {
    return new Fault(404, "function not found: '" + function + "'", "FunctionNotFound");
  }

  /// Something that the function did wrong.
  public static Fault inFunction(String message) {
    return new Fault(400, message, "FunctionExecutionError");
  }
}
