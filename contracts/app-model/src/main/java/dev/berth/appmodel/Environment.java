package dev.berth.appmodel;

import java.util.Map;
import org.bson.BsonValue;

/// The environment an app is deployed as.
///
/// @param tag `""`, `development`, `testing`, `qa` or `production`
/// @param values the values of that environment, by name
public record Environment(String tag, Map<String, BsonValue> values) {

  public Environment {
    values = Map.copyOf(values);
  }
}
