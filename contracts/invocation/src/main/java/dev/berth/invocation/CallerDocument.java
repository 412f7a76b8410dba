package dev.berth.invocation;

import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;

/// A caller as expressions see it: `%%user`. Who is no user has no id.
public final class CallerDocument {

  private CallerDocument() {}

  public static BsonDocument of(Caller caller) {
    return switch (caller) {
      case Caller.SignedIn user -> of(user);
      case Caller.InPlaceOf(Caller.SignedIn rights, _) -> of(rights);
      case Caller.SystemUser(Caller.SignedIn user) ->
          user == null ? withoutId().append("type", new BsonString("system")) : of(user);
      case Caller.Nobody() -> withoutId();
    };
  }

  private static BsonDocument of(Caller.SignedIn user) {
    BsonArray identities = new BsonArray();
    for (Caller.Identity identity : user.identities()) {
      identities.add(
          new BsonDocument("id", new BsonString(identity.id()))
              .append("providerType", new BsonString(identity.providerType())));
    }
    return new BsonDocument("id", new BsonString(user.id()))
        .append("type", new BsonString(user.type()))
        .append("data", user.data())
        .append("custom_data", user.customData())
        .append("identities", identities);
  }

  private static BsonDocument withoutId() {
    return new BsonDocument("data", new BsonDocument())
        .append("custom_data", new BsonDocument())
        .append("identities", new BsonArray());
  }
}
