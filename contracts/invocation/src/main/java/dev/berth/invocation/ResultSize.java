package dev.berth.invocation;

import java.util.Map;
import org.bson.BsonValue;

/// Whether writing a result takes so long that other calls would notice, were it done on their
/// event loop. An estimate that looks no further than it must.
public final class ResultSize {

  /// Characters, bytes and elements together: a fraction of a millisecond of writing.
  private static final int SMALL = 32 << 10;

  /// Deeper values are left to a thread on which they hold up nobody.
  private static final int SMALL_DEPTH = 100;

  private int left = SMALL;

  private ResultSize() {}

  public static boolean isLarge(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Returned(BsonValue value) -> isLarge(value);
      case Outcome.Responded(_, _, Outcome.Body.Result(BsonValue value)) -> isLarge(value);
      case Outcome.Responded(_, _, _),
          Outcome.Threw(_, _),
          Outcome.OverLimit(_, _),
          Outcome.NotFound(_),
          Outcome.Unavailable _,
          Outcome.Lost(_) ->
          false;
    };
  }

  public static boolean isLarge(BsonValue value) {
    ResultSize size = new ResultSize();
    size.take(value, 0);
    return size.left < 0;
  }

  private void take(BsonValue value, int depth) {
    left -= depth > SMALL_DEPTH ? SMALL + 1 : ownSize(value);
    if (left < 0) {
      return;
    }
    if (value.isArray()) {
      for (BsonValue element : value.asArray()) {
        take(element, depth + 1);
        if (left < 0) {
          return;
        }
      }
    } else if (value.isDocument()) {
      for (Map.Entry<String, BsonValue> field : value.asDocument().entrySet()) {
        left -= field.getKey().length();
        take(field.getValue(), depth + 1);
        if (left < 0) {
          return;
        }
      }
    }
  }

  private static int ownSize(BsonValue value) {
    return switch (value.getBsonType()) {
      case STRING -> value.asString().getValue().length();
      case BINARY -> value.asBinary().getData().length;
      case SYMBOL -> value.asSymbol().getSymbol().length();
      case JAVASCRIPT -> value.asJavaScript().getCode().length();
      case REGULAR_EXPRESSION -> value.asRegularExpression().getPattern().length();
      default -> 8;
    };
  }
}
