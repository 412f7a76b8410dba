package dev.berth.gateway.reply;

import dev.berth.invocation.Header;
import dev.berth.invocation.Outcome;
import dev.berth.invocation.Outcome.Body;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// The table of outcomes: what the end of an endpoint function looks like in HTTP.
public final class OutcomeReplies {

  private static final Header PLAIN_TEXT = new Header("Content-Type", "text/plain; charset=utf-8");
  private static final Header BYTES = new Header("Content-Type", "application/octet-stream");

  private OutcomeReplies() {}

  /// The reply to an endpoint call that ended.
  ///
  /// @param format how a result is serialised
  /// @throws IllegalArgumentException when it ended as only a plain function call does
  public static Reply reply(Outcome outcome, ResultFormat format) {
    return switch (outcome) {
      case Outcome.Responded(Integer status, List<Header> headers, Body body) ->
          responded(status, headers, body, format);
      case Outcome.Threw(_, _),
          Outcome.OverLimit(_, _),
          Outcome.NotFound(_),
          Outcome.Unavailable _,
          Outcome.Lost(_),
          Outcome.Returned(_) ->
          OutcomeFaults.of(outcome).reply();
    };
  }

  private static Reply responded(
      @Nullable Integer status, List<Header> headers, Body body, ResultFormat format) {
    if (status != null && (status < 200 || status > 599)) {
      return functionFault("not a status code between 200 and 599: " + status);
    }
    FunctionHeaders checked = FunctionHeaders.of(headers);
    String fault = checked.fault();
    if (fault != null) {
      return functionFault(fault);
    }
    return switch (body) {
      case Body.None() -> finish(status == null ? 204 : status, checked, null, null);
      case Body.Bytes(Buffer content, boolean text) ->
          finish(orOk(status), checked, content, contentType(content, text, format));
      case Body.Result(BsonValue value) -> result(orOk(status), checked, value, format);
    };
  }

  private static Reply result(
      int status, FunctionHeaders headers, BsonValue value, ResultFormat format) {
    String text;
    try {
      text = format.serialize(value);
    } catch (IllegalArgumentException tooDeep) {
      return functionFault("the result cannot be written as text: " + tooDeep.getMessage());
    }
    return finish(status, headers, Buffer.buffer(text), format.contentType());
  }

  private static int orOk(@Nullable Integer status) {
    return status == null ? 200 : status;
  }

  private static Reply finish(
      int status,
      FunctionHeaders functionHeaders,
      @Nullable Buffer body,
      @Nullable Header contentType) {
    boolean bodiless = status == 204 || status == 205 || status == 304;
    List<Header> headers = functionHeaders.toList();
    if (bodiless) {
      headers.removeIf(header -> header.name().equalsIgnoreCase("Content-Type"));
    } else if (contentType != null && !functionHeaders.haveContentType()) {
      headers.add(contentType);
    }
    if (!functionHeaders.haveCrossOrigin()) {
      headers.add(CrossOrigin.ANYONE);
    }
    return new Reply(status, headers, bodiless ? null : body);
  }

  /// Never HTML: a function that means HTML says so itself.
  private static Header contentType(Buffer content, boolean text, ResultFormat format) {
    if (!text) {
      return BYTES;
    }
    return looksLikeJson(content) ? format.contentType() : PLAIN_TEXT;
  }

  private static boolean looksLikeJson(Buffer content) {
    int first = 0;
    int last = content.length() - 1;
    while (first < last && isBlank(content.getByte(first))) {
      first++;
    }
    while (last > first && isBlank(content.getByte(last))) {
      last--;
    }
    if (last <= first) {
      return false;
    }
    byte opening = content.getByte(first);
    byte closing = content.getByte(last);
    return (opening == '{' && closing == '}') || (opening == '[' && closing == ']');
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  private static Reply functionFault(String message) {
    return OutcomeFaults.inFunction(message).reply();
  }
}
