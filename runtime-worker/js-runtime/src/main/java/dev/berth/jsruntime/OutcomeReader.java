package dev.berth.jsruntime;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.berth.invocation.Header;
import dev.berth.invocation.Limit;
import dev.berth.invocation.Outcome;
import dev.berth.jsruntime.wire.WireException;
import dev.berth.jsruntime.wire.WireReader;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Turns the last post of an invocation into its [Outcome].
final class OutcomeReader {

  private final ExecutionLimits limits;

  OutcomeReader(ExecutionLimits limits) {
    this.limits = limits;
  }

  /// The outcome that a post stands for, or `null` when the post is not one.
  @Nullable Outcome read(Post post) {
    return switch (post.kind()) {
      case "threw" -> new Outcome.Threw(post.text(), post.more());
      case "returned" ->
          bounded(post.text(), () -> new Outcome.Returned(WireReader.read(post.text())));
      case "text" -> bounded(post.more(), () -> responded(post, text(post.more())));
      case "bytes" -> bounded(post.more(), () -> responded(post, bytes(post.more())));
      case "result" -> bounded(post.more(), () -> responded(post, result(post.more())));
      case "empty" -> bounded(post.text(), () -> responded(post, new Outcome.Body.None()));
      default -> null;
    };
  }

  private interface Reading {
    Outcome read() throws WireException;
  }

  private Outcome bounded(String content, Reading reading) {
    if (content.length() > limits.responseCharacters()) {
      return new Outcome.OverLimit(
          Limit.RESPONSE_SIZE,
          "the response is larger than " + limits.responseCharacters() + " bytes");
    }
    try {
      return reading.read();
    } catch (WireException e) {
      return new Outcome.Threw("FunctionExecutionError", e.getMessage());
    }
  }

  private static Outcome responded(Post post, Outcome.Body body) throws WireException {
    return new Outcome.Responded(post.id() == 0 ? null : post.id(), headers(post.text()), body);
  }

  private static Outcome.Body text(String text) {
    return new Outcome.Body.Bytes(Buffer.buffer(text), true);
  }

  private static Outcome.Body bytes(String latin1) {
    return new Outcome.Body.Bytes(
        Buffer.buffer(latin1.getBytes(StandardCharsets.ISO_8859_1)), false);
  }

  private static Outcome.Body result(String text) throws WireException {
    return new Outcome.Body.Result(WireReader.read(text));
  }

  /// @param text names and values in turn, each as `length:text` with its length in UTF-16 units
  private static List<Header> headers(String text) {
    List<Header> headers = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int name = text.indexOf(':', at) + 1;
      int afterName = name + Integer.parseInt(text, at, name - 1, 10);
      int value = text.indexOf(':', afterName) + 1;
      int afterValue = value + Integer.parseInt(text, afterName, value - 1, 10);
      headers.add(new Header(text.substring(name, afterName), text.substring(value, afterValue)));
      at = afterValue;
    }
    return headers;
  }

  /// The wire text of a failure that app code may see.
  static String failure(String errorCode, String message, @Nullable Integer databaseCode) {
    StringBuilder out = new StringBuilder("{\"errorCode\":\"");
    JsonStringEncoder.getInstance().quoteAsString(errorCode, out);
    out.append("\",\"message\":\"");
    JsonStringEncoder.getInstance().quoteAsString(message, out);
    out.append('"');
    if (databaseCode != null) {
      out.append(",\"code\":").append(databaseCode);
    }
    return out.append('}').toString();
  }
}
