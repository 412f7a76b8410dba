package dev.berth.gateway.authorization;

import org.bson.BsonBoolean;
import org.bson.BsonValue;

/// What can be said of an authorization expression without evaluating it.
public final class Expressions {

  private Expressions() {}

  /// Whether it is one of the two that ask for nothing: `{}` and `true`.
  public static boolean allowEveryone(BsonValue expression) {
    return expression.equals(BsonBoolean.TRUE)
        || (expression.isDocument() && expression.asDocument().isEmpty());
  }
}
