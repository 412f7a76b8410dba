package dev.berth.rules;

import java.util.concurrent.CompletionStage;
import org.bson.BsonValue;

/// Runs functions of the app for expressions.
@FunctionalInterface
public interface Functions {

  /// Runs one call. It is not repeated for the same [Deliberation].
  ///
  /// @return what the function returned; a failure leaves the expression undecided
  CompletionStage<BsonValue> call(FunctionCall call);
}
