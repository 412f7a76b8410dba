package dev.berth.identity.account;

import dev.berth.identity.AppUser;
import dev.berth.identity.UserIdentity;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;

/// A user as functions of the app see one.
final class UserObject {

  private UserObject() {}

  static BsonDocument of(AppUser user) {
    BsonArray identities = new BsonArray();
    user.identities().forEach(identity -> identities.add(of(identity)));
    return new BsonDocument("id", new BsonString(user.id()))
        .append("type", new BsonString(user.type().wireName()))
        .append("data", user.data())
        .append("custom_data", user.customData())
        .append("identities", identities);
  }

  private static BsonDocument of(UserIdentity identity) {
    return new BsonDocument("id", new BsonString(identity.id()))
        .append("provider_type", new BsonString(identity.providerType()))
        .append("provider_id", new BsonString(identity.providerId()))
        .append("data", identity.data());
  }
}
