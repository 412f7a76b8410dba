package dev.berth.rules;

import java.util.List;
import org.bson.BsonValue;

/// A call of a function of the app that an expression depends on.
///
/// @param arguments `BsonUndefined` where an expansion has no value
public record FunctionCall(String function, List<BsonValue> arguments) {

  public FunctionCall {
    arguments = List.copyOf(arguments);
  }

  /// Shows no argument: they may hold credentials.
  @Override
  public String toString() {
    return "FunctionCall[" + function + "]";
  }
}
