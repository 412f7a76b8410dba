package dev.berth.identity.account;

import dev.berth.ejson.Ejson;
import dev.berth.ejson.EjsonParseException;
import dev.berth.identity.AppUser;
import io.vertx.core.json.JsonObject;
import org.bson.BsonDocument;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Custom user data as a claim of access tokens. Relaxed Extended JSON, because some clients
/// decode it and others hand it out as it is.
final class TokenUserData {

  private static final Logger log = LoggerFactory.getLogger(TokenUserData.class);

  /// A token goes into a header, and headers are small.
  private static final int MOST_CHARACTERS = 16_384;

  private static final JsonWriterSettings RELAXED =
      JsonWriterSettings.builder().outputMode(JsonMode.RELAXED).build();

  private TokenUserData() {}

  /// The claim for some data.
  ///
  /// @return `null` when there is none, or too much
  static @Nullable JsonObject claim(AppUser user, BsonDocument customData) {
    if (customData.isEmpty()) {
      return null;
    }
    String json = customData.toJson(RELAXED);
    if (json.length() > MOST_CHARACTERS) {
      log.atWarn()
          .addKeyValue("appId", user.appId())
          .addKeyValue("userId", user.id())
          .addKeyValue("characters", json.length())
          .log("custom user data is too large for an access token and was left out");
      return null;
    }
    return new JsonObject(json);
  }

  static BsonDocument read(JsonObject claim) {
    try {
      return Ejson.parse(claim.encode()).asDocument();
    } catch (EjsonParseException e) {
      throw new IllegalStateException("a token of ours has malformed user data", e);
    }
  }
}
