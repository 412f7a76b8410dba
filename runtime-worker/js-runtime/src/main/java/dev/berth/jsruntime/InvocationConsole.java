package dev.berth.jsruntime;

import dev.berth.appmodel.AppId;
import dev.berth.invocation.Invocation;
import dev.berth.invocation.Limit;

/// What one invocation prints: so many lines of so many characters. Only the running step of its
/// invocation uses it.
final class InvocationConsole {

  private final GuestLog log;
  private final ExecutionLimits limits;
  private final LimitListener onLimit;
  private final AppId appId;
  private final Invocation invocation;
  private int linesPrinted;

  InvocationConsole(ExecutionEnvironment environment, AppId appId, Invocation invocation) {
    this.log = environment.log();
    this.limits = environment.limits();
    this.onLimit = environment.onLimit();
    this.appId = appId;
    this.invocation = invocation;
  }

  /// Prints one line.
  ///
  /// @param post `text` is the method of `console`, `more` the line
  void print(Post post) {
    linesPrinted++;
    String text = post.more();
    if (linesPrinted > limits.logLines()) {
      text = "… later lines of this invocation are not shown";
      onLimit.passed(invocation, Limit.LOG_LINES);
    } else if (text.length() > limits.logLineCharacters()) {
      text = text.substring(0, limits.logLineCharacters()) + "…";
    }
    log.print(
        new GuestLog.Line(
            appId, invocation.function(), invocation.requestId(), level(post.text()), text));
  }

  private static GuestLog.Level level(String method) {
    return switch (method) {
      case "error" -> GuestLog.Level.ERROR;
      case "warn" -> GuestLog.Level.WARN;
      case "debug" -> GuestLog.Level.DEBUG;
      default -> GuestLog.Level.INFO;
    };
  }
}
