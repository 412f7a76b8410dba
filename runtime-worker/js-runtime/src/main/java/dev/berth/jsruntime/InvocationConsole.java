package dev.berth.jsruntime;

import dev.berth.appmodel.AppId;
import dev.berth.invocation.Invocation;
import dev.berth.invocation.Limit;
import dev.berth.invocation.TraceContext;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// What one invocation prints: so many lines of so many bytes. Only the running step of its
/// invocation uses it.
final class InvocationConsole {

  /// An error that nobody caught has room for its stack.
  private static final int BYTES_OF_AN_ERROR = 8192;

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
    printCounted(post, limits.logLineBytes());
  }

  /// Prints an error that nobody caught and that did not end the invocation.
  void printUncaught(Post post) {
    printCounted(post, BYTES_OF_AN_ERROR);
  }

  /// Prints the error that ended the invocation, however many lines there were before.
  void printFailure(Post post) {
    print(post, cut(post.more(), BYTES_OF_AN_ERROR));
  }

  private void printCounted(Post post, int bytes) {
    linesPrinted++;
    if (linesPrinted > limits.logLines()) {
      onLimit.passed(invocation, Limit.LOG_LINES);
      print(post, "… later lines of this invocation are not shown");
    } else {
      print(post, cut(post.more(), bytes));
    }
  }

  private void print(Post post, String text) {
    TraceContext trace = invocation.trace();
    log.print(
        new GuestLog.Line(
            appId,
            invocation.function(),
            invocation.requestId(),
            trace == null ? null : trace.traceId(),
            level(post.text()),
            text));
  }

  /// As much of the text as fits into so many bytes of UTF-8, whole characters only.
  private static String cut(String text, int bytes) {
    if (text.length() <= bytes / 3) {
      return text;
    }
    CharBuffer characters = CharBuffer.wrap(text);
    StandardCharsets.UTF_8
        .newEncoder()
        .onMalformedInput(CodingErrorAction.REPLACE)
        .encode(characters, ByteBuffer.allocate(bytes), true);
    return characters.hasRemaining() ? text.substring(0, characters.position()) + "…" : text;
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
