package dev.berth.gateway.authorization;

import dev.berth.invocation.Caller;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;

/// A caller as expressions see it: `%%user`. Who is no user has no id.
final class CallerDocument {

  private CallerDocument() {}

  static BsonDocument of(Caller caller) {
    return switch (caller) {
      case Caller.SystemUser() -> withoutId().append("type", new BsonString("system"));
      case Caller.Nobody() -> withoutId();
    };
  }

  private static BsonDocument withoutId() {
    return new BsonDocument("data", new BsonDocument())
        .append("custom_data", new BsonDocument())
        .append("identities", new BsonArray());
  }
}
