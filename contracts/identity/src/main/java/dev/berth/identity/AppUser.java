package dev.berth.identity;

import dev.berth.appmodel.AppId;
import java.time.Instant;
import java.util.List;
import org.bson.BsonDocument;

/// A user of one app.
///
/// @param id 24 hex digits, unique in the installation
/// @param identities in the order they were linked
/// @param data what the providers said of the user, all identities together
/// @param customData what the app keeps of the user; empty when it keeps nothing
public record AppUser(
    AppId appId,
    String id,
    UserType type,
    List<UserIdentity> identities,
    BsonDocument data,
    BsonDocument customData,
    boolean disabled,
    Instant createdAt,
    Instant lastAuthenticatedAt) {

  public AppUser {
    identities = List.copyOf(identities);
  }

  public AppUser withCustomData(BsonDocument customData) {
    return new AppUser(
        appId, id, type, identities, data, customData, disabled, createdAt, lastAuthenticatedAt);
  }

  /// Without data, which is personal.
  @Override
  public String toString() {
    return "AppUser[appId=" + appId + ", id=" + id + ", type=" + type + "]";
  }
}
