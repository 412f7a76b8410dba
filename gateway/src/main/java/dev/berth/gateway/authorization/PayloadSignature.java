package dev.berth.gateway.authorization;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// The scheme `VERIFY_PAYLOAD`: the caller proves to know the secret by signing the body.
final class PayloadSignature {

  private static final String ALGORITHM = "HmacSHA256";
  private static final String PREFIX = "sha256=";

  private PayloadSignature() {}

  /// Whether `signature` is `sha256=<hex>` of the HMAC over exactly the bytes received.
  ///
  /// @param body `null` is signed as no bytes at all
  static boolean matches(String secret, @Nullable Buffer body, String signature) {
    if (!signature.startsWith(PREFIX)) {
      return false;
    }
    byte[] given;
    try {
      given = HexFormat.of().parseHex(signature, PREFIX.length(), signature.length());
    } catch (IllegalArgumentException notHex) {
      return false;
    }
    return MessageDigest.isEqual(sign(secret, body), given);
  }

  private static byte[] sign(String secret, @Nullable Buffer body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      return mac.doFinal(body == null ? new byte[0] : body.getBytes());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, impossible);
    }
  }
}
