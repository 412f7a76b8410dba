package dev.berth.rules;

import java.util.Map;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// What expressions are evaluated against. It must not change while one is.
@FunctionalInterface
public interface Facts {

  /// All that is known of a source; `null` when there is nothing.
  ///
  /// Called once for each use in an expression, so what is costly to make should be kept.
  @Nullable BsonValue find(Source source);

  static Facts of(Map<Source, BsonValue> known) {
    return Map.copyOf(known)::get;
  }
}
