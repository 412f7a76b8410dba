package dev.berth.appmodel;

import java.util.Map;
import org.bson.BsonDocument;

/// What Berth does not act on but gives back on export.
///
/// @param sync the settings of Device Sync
/// @param graphql the files of `graphql/`, by path relative to the app root
public record KeptConfiguration(BsonDocument sync, Map<String, BsonDocument> graphql) {

  public KeptConfiguration {
    graphql = Map.copyOf(graphql);
  }

  /// Nothing to keep.
  public static KeptConfiguration nothing() {
    return new KeptConfiguration(new BsonDocument(), Map.of());
  }
}
