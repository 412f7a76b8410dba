package dev.berth.identity.token;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// One key that signs tokens, those of one app or of administrators, by HMAC with SHA-256 and
/// nothing else.
public final class SigningKey {

  static final int BYTES = 32;
  private static final String ALGORITHM = "HS256";
  private static final String MAC = "HmacSHA256";

  private final String id;
  private final long number;
  private final Mac prototype;

  /// The key of these bytes.
  ///
  /// @param number counts the keys of an app; the highest one signs
  /// @param secret 32 bytes of chance
  public SigningKey(String id, long number, byte[] secret) {
    if (secret.length < BYTES) {
      throw new IllegalArgumentException("a signing key has " + BYTES + " bytes");
    }
    this.id = id;
    this.number = number;
    try {
      this.prototype = Mac.getInstance(MAC);
      this.prototype.init(new SecretKeySpec(secret, MAC));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + MAC, e);
    }
  }

  public String id() {
    return id;
  }

  public long number() {
    return number;
  }

  /// The token that says the claims.
  public String sign(JsonObject claims) {
    JsonObject header = new JsonObject().put("alg", ALGORITHM).put("kid", id).put("typ", "JWT");
    String content = WebToken.toBeSigned(header, claims);
    return content + "." + WebToken.encoded(mac(content.getBytes(StandardCharsets.US_ASCII)));
  }

  /// Whether this key signed the token; compared in constant time.
  public boolean signed(WebToken token) {
    return token.isSignedBy(ALGORITHM)
        && MessageDigest.isEqual(mac(token.signedPart()), token.signature());
  }

  private byte[] mac(byte[] content) {
    try {
      return ((Mac) prototype.clone()).doFinal(content);
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the JDK's " + MAC + " can be cloned", e);
    }
  }

  @Override
  public String toString() {
    return "SigningKey[id=" + id + "]";
  }
}
