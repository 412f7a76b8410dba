package dev.berth.identity.token;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A signed JSON web token in compact form, taken apart and not verified.
///
/// Nothing in it may be believed before [#signedPart] and [#signature] were checked, and the
/// header says only what somebody wants us to do.
public final class WebToken {

  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private final JsonObject header;
  private final JsonObject claims;
  private final String signedPart;
  private final byte[] signature;

  private WebToken(JsonObject header, JsonObject claims, String signedPart, byte[] signature) {
    this.header = header;
    this.claims = claims;
    this.signedPart = signedPart;
    this.signature = signature;
  }

  /// Takes a token apart.
  ///
  /// @param mostCharacters longer ones are refused unread
  /// @return empty when it is not three parts of Base64url, two of them JSON objects
  public static Optional<WebToken> read(String text, int mostCharacters) {
    if (text.length() > mostCharacters || text.indexOf('=') >= 0) {
      return Optional.empty();
    }
    int first = text.indexOf('.');
    int second = text.indexOf('.', first + 1);
    if (first < 1
        || second <= first + 1
        || second == text.length() - 1
        || text.indexOf('.', second + 1) >= 0) {
      return Optional.empty();
    }
    try {
      JsonObject header = object(text.substring(0, first));
      JsonObject claims = object(text.substring(first + 1, second));
      if (header == null || claims == null) {
        return Optional.empty();
      }
      byte[] signature = DECODER.decode(text.substring(second + 1));
      return Optional.of(new WebToken(header, claims, text.substring(0, second), signature));
    } catch (IllegalArgumentException | DecodeException malformed) {
      return Optional.empty();
    }
  }

  private static @Nullable JsonObject object(String part) {
    String json = new String(DECODER.decode(part), StandardCharsets.UTF_8);
    return json.startsWith("{") ? new JsonObject(json) : null;
  }

  /// What is signed: header and claims, each in Base64url, with a dot between them.
  static String toBeSigned(JsonObject header, JsonObject claims) {
    return encoded(header) + "." + encoded(claims);
  }

  private static String encoded(JsonObject part) {
    return ENCODER.encodeToString(part.encode().getBytes(StandardCharsets.UTF_8));
  }

  static String encoded(byte[] bytes) {
    return ENCODER.encodeToString(bytes);
  }

  /// Whether the header names exactly this algorithm, and asks for no extension.
  public boolean isSignedBy(String algorithm) {
    return algorithm.equals(header.getValue("alg")) && !header.containsKey("crit");
  }

  /// The id of the key; `null` when the header does not name one as text.
  public @Nullable String keyId() {
    return header.getValue("kid") instanceof String kid ? kid : null;
  }

  /// A claim that is text; `null` when it is anything else.
  public @Nullable String text(String claim) {
    return claims.getValue(claim) instanceof String text ? text : null;
  }

  /// A claim that is a number; `null` when it is anything else.
  public @Nullable Number number(String claim) {
    return claims.getValue(claim) instanceof Number number ? number : null;
  }

  public JsonObject claims() {
    return claims;
  }

  /// The bytes that the signature is of.
  public byte[] signedPart() {
    return signedPart.getBytes(StandardCharsets.US_ASCII);
  }

  public byte[] signature() {
    return signature.clone();
  }

  @Override
  public String toString() {
    return "WebToken[]";
  }
}
