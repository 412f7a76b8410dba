package dev.berth.jsruntime.crypto;

import dev.berth.jsruntime.compute.RefusedException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.List;

/// The signatures of JSON Web Tokens (RFC 7518, section 3): `utils.jwt`.
///
/// Each method takes its own kind of key. A key of another kind is refused, so that a public key
/// can never serve as the shared secret of an HMAC.
final class TokenSignatures {

  private TokenSignatures() {}

  /// @param texts the method, the key, and what is signed
  static String sign(List<String> texts) throws RefusedException {
    String method = method(texts.get(0));
    String key = texts.get(1);
    byte[] message = Content.message(texts.get(2));
    return Content.latin1(
        switch (method.substring(0, 2)) {
          case "HS" -> hmac(method, key, message);
          case "ES" -> ecdsa(method, key, message);
          default -> rsa(method).sign(Keys.rsaPrivate(key), message);
        });
  }

  /// @param texts the method, the key, what is signed, and the signature
  static String verify(List<String> texts) throws RefusedException {
    String method = method(texts.get(0));
    String key = texts.get(1);
    byte[] message = Content.message(texts.get(2));
    byte[] signature = Content.latin1(texts.get(3));
    boolean isValid =
        switch (method.substring(0, 2)) {
          case "HS" -> MessageDigest.isEqual(hmac(method, key, message), signature);
          case "ES" -> isEcdsa(method, key, message, signature);
          default -> rsa(method).verify(Keys.rsaPublic(key), message, signature);
        };
    return "" + isValid;
  }

  private static String method(String name) throws RefusedException {
    return switch (name) {
      case "HS256", "HS384", "HS512", "RS256", "RS384", "RS512" -> name;
      case "PS256", "PS384", "PS512", "ES256", "ES384", "ES512" -> name;
      default ->
          throw new RefusedException(
              "the signing method must be HS, RS, PS or ES with 256, 384 or 512, such as HS256");
    };
  }

  private static byte[] hmac(String method, String key, byte[] message) throws RefusedException {
    if (Pem.looksLike(key)) {
      throw new RefusedException(method + " takes a random string as its key, and no PEM text");
    }
    byte[] secret = Content.secret(key);
    if (secret.length == 0) {
      throw new RefusedException("the key is empty");
    }
    return Digests.mac("HmacSHA" + bits(method), secret, message);
  }

  private static RsaSignature rsa(String method) {
    return new RsaSignature(
        method.startsWith("P") ? RsaSignature.Padding.PSS : RsaSignature.Padding.PKCS1,
        "SHA-" + bits(method));
  }

  private static byte[] ecdsa(String method, String key, byte[] message) throws RefusedException {
    try {
      Signature signature = ecdsaSignature(method);
      signature.initSign(Keys.ecPrivate(key, curveBits(method)));
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException _) {
      throw new RefusedException("the key cannot sign");
    }
  }

  private static boolean isEcdsa(String method, String key, byte[] message, byte[] given)
      throws RefusedException {
    var publicKey = Keys.ecPublic(key, curveBits(method));
    try {
      Signature signature = ecdsaSignature(method);
      signature.initVerify(publicKey);
      signature.update(message);
      return signature.verify(given);
    } catch (GeneralSecurityException _) {
      return false;
    }
  }

  private static Signature ecdsaSignature(String method) throws GeneralSecurityException {
    return Signature.getInstance("SHA" + bits(method) + "withECDSAinP1363Format");
  }

  private static String bits(String method) {
    return method.substring(2);
  }

  private static int curveBits(String method) {
    return method.equals("ES512") ? 521 : Integer.parseInt(bits(method));
  }
}
