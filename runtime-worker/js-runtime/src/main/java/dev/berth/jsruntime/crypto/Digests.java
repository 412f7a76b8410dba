package dev.berth.jsruntime.crypto;

import dev.berth.jsruntime.compute.RefusedException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// `utils.crypto.hash` and `utils.crypto.hmac`.
final class Digests {

  private static final Map<String, String> HASHES =
      Map.of("sha1", "SHA-1", "sha256", "SHA-256", "sha512", "SHA-512", "md5", "MD5");

  private static final Map<String, String> MACS =
      Map.of("sha1", "HmacSHA1", "sha256", "HmacSHA256", "sha512", "HmacSHA512", "md5", "HmacMD5");

  private Digests() {}

  /// @param texts the hash function, and the content
  static String hash(List<String> texts) throws RefusedException {
    String algorithm = known(HASHES, texts.get(0));
    try {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      return Content.latin1(digest.digest(Content.message(texts.get(1))));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JVM has no " + algorithm, e);
    }
  }

  /// @param texts the hash function, the secret, and the content
  static String hmac(List<String> texts) throws RefusedException {
    String algorithm = known(MACS, texts.get(0));
    byte[] secret = Content.secret(texts.get(1));
    return Content.latin1(mac(algorithm, secret, Content.message(texts.get(2))));
  }

  static byte[] mac(String algorithm, byte[] secret, byte[] message) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      // No key at all is, by definition, as good as zeros; the JVM wants one of them.
      mac.init(new SecretKeySpec(secret.length == 0 ? new byte[1] : secret, algorithm));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JVM has no " + algorithm, e);
    }
  }

  private static String known(Map<String, String> algorithms, String name) throws RefusedException {
    String algorithm = algorithms.get(name);
    if (algorithm == null) {
      throw new RefusedException("the hash function must be sha1, sha256, sha512 or md5");
    }
    return algorithm;
  }
}
