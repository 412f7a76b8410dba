package dev.berth.identity;

import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/// What a client says of the device it runs on.
///
/// @param deviceId 24 hex digits that an earlier login gave out; anything else counts as none
/// @param facts such as `platform` and `sdkVersion`
public record Device(@Nullable String deviceId, BsonDocument facts) {

  /// A client that says nothing.
  public static Device none() {
    return new Device(null, new BsonDocument());
  }
}
