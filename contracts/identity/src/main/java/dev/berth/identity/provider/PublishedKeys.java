package dev.berth.identity.provider;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// A set of public keys as it was published: those that sign with RS256, by their ids.
record PublishedKeys(Map<String, VerifyingKey> byId) {

  private static final int MOST_KEYS = 100;

  PublishedKeys {
    byId = Map.copyOf(byId);
  }

  /// Understands a set as it was published.
  ///
  /// @return empty when the text is no key set; keys of other kinds are left out
  static Optional<PublishedKeys> read(String json) {
    if (!json.stripLeading().startsWith("{")) {
      return Optional.empty();
    }
    try {
      if (!(new JsonObject(json).getValue("keys") instanceof JsonArray keys)
          || keys.size() > MOST_KEYS) {
        return Optional.empty();
      }
      Map<String, VerifyingKey> byId = new HashMap<>();
      for (int i = 0; i < keys.size(); i++) {
        if (keys.getValue(i) instanceof JsonObject key
            && key.getValue("kid") instanceof String id) {
          key(key).ifPresent(found -> byId.put(id, found));
        }
      }
      return Optional.of(new PublishedKeys(byId));
    } catch (DecodeException noJson) {
      return Optional.empty();
    }
  }

  private static Optional<VerifyingKey> key(JsonObject key) {
    if (!"RSA".equals(key.getValue("kty"))
        || !"RS256".equals(key.getValue("alg", "RS256"))
        || !"sig".equals(key.getValue("use", "sig"))
        || !(key.getValue("n") instanceof String modulus)
        || !(key.getValue("e") instanceof String exponent)) {
      return Optional.empty();
    }
    try {
      return VerifyingKey.Rsa.of(number(modulus), number(exponent));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  private static BigInteger number(String text) {
    return new BigInteger(1, Base64.getUrlDecoder().decode(text));
  }
}
