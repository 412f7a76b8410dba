package dev.berth.jsruntime;

import dev.berth.appmodel.AppId;
import dev.berth.invocation.RequestId;
import org.jspecify.annotations.Nullable;

/// Where the lines go that app code prints, and what it threw without catching: the app's log,
/// never ours. Called on guest threads; must not block.
@FunctionalInterface
public interface GuestLog {

  void print(Line line);

  /// How loud a line is, by the `console` method that printed it.
  enum Level {
    DEBUG,
    INFO,
    WARN,
    ERROR
  }

  /// One call of a `console` method.
  ///
  /// @param function the function that was invoked; a called one prints under its caller's name
  /// @param traceId of the trace that the client named, see [TraceContext]; `null` when it did
  /// not
  record Line(
      AppId appId,
      String function,
      RequestId requestId,
      @Nullable String traceId,
      Level level,
      String text) {}
}
