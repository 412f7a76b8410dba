package dev.berth.identity;

import org.bson.BsonDocument;

/// One way in which a user proves to be that user.
///
/// @param id what the provider knows the user by, unique for the type of provider in the app
/// @param providerType such as `local-userpass`
/// @param providerId 24 hex digits, the same for all users of a provider of an app
/// @param data what the provider said of the user
public record UserIdentity(String id, String providerType, String providerId, BsonDocument data) {

  /// Without the data, which is personal.
  @Override
  public String toString() {
    return "UserIdentity[providerType=" + providerType + "]";
  }
}
