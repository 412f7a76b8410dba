package dev.berth.identity.store;

import dev.berth.appmodel.AppId;
import dev.berth.identity.ApiKey;

/// An API key as kept: a hash instead of its value.
///
/// @param owner whose key it is: among the keys of one owner names are unique
/// @param userId who signs in with it
public record StoredApiKey(AppId appId, Owner owner, String userId, ApiKey key, String hash) {

  /// Whose keys: those of a user, or those of an app's developer.
  ///
  /// @param most how many keys there may be
  public record Owner(String scope, int most) {

    private static final int MOST_OF_A_USER = 20;
    private static final int MOST_OF_AN_APP = 100;

    public static Owner user(AppId appId, String userId) {
      return new Owner(appId + "/" + userId, MOST_OF_A_USER);
    }

    public static Owner developer(AppId appId) {
      return new Owner(appId + "/server", MOST_OF_AN_APP);
    }
  }

  /// Without the hash.
  @Override
  public String toString() {
    return "StoredApiKey[appId=" + appId + ", userId=" + userId + ", key=" + key + "]";
  }
}
