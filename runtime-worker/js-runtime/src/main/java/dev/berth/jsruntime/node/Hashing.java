package dev.berth.jsruntime.node;

import dev.berth.jsruntime.compute.RefusedException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Digests and message authentication codes.
final class Hashing {

  /// By the name that Node.js uses: the name of the digest and of the code in the JDK.
  private static final Map<String, List<String>> NAMES =
      Map.ofEntries(
          Map.entry("md5", List.of("MD5", "HmacMD5")),
          Map.entry("sha1", List.of("SHA-1", "HmacSHA1")),
          Map.entry("sha224", List.of("SHA-224", "HmacSHA224")),
          Map.entry("sha256", List.of("SHA-256", "HmacSHA256")),
          Map.entry("sha384", List.of("SHA-384", "HmacSHA384")),
          Map.entry("sha512", List.of("SHA-512", "HmacSHA512")),
          Map.entry("sha512-256", List.of("SHA-512/256", "HmacSHA512/256")),
          Map.entry("sha3-256", List.of("SHA3-256", "HmacSHA3-256")),
          Map.entry("sha3-384", List.of("SHA3-384", "HmacSHA3-384")),
          Map.entry("sha3-512", List.of("SHA3-512", "HmacSHA3-512")));

  private Hashing() {}

  static String names() {
    return NAMES.keySet().stream().sorted().reduce((a, b) -> a + "," + b).orElse("");
  }

  static String digestName(String name) throws RefusedException {
    return known(name).getFirst();
  }

  static String macName(String name) throws RefusedException {
    return known(name).getLast();
  }

  private static List<String> known(String name) throws RefusedException {
    String plain = name.toLowerCase(Locale.ROOT).replaceFirst("^rsa-", "");
    List<String> found = NAMES.get(plain.replaceFirst("^sha-", "sha"));
    if (found == null) {
      throw new RefusedException("Digest method not supported");
    }
    return found;
  }

  /// `[name, data]`
  static String hash(List<String> given) throws RefusedException {
    Texts texts = new Texts(given);
    try {
      MessageDigest digest = MessageDigest.getInstance(digestName(texts.text(0)));
      return Texts.of(digest.digest(texts.bytes(1)));
    } catch (GeneralSecurityException e) {
      throw new RefusedException("Digest method not supported");
    }
  }

  /// `[name, key, data]`
  static String hmac(List<String> given) throws RefusedException {
    Texts texts = new Texts(given);
    try {
      Mac mac = mac(macName(texts.text(0)), texts.bytes(1));
      return Texts.of(mac.doFinal(texts.bytes(2)));
    } catch (GeneralSecurityException e) {
      throw new RefusedException("Invalid digest: " + texts.text(0));
    }
  }

  /// A key without bytes is one, though the JDK has no form for it: zeros count the same.
  static Mac mac(String algorithm, byte[] key) throws GeneralSecurityException {
    Mac mac = Mac.getInstance(algorithm);
    mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, algorithm));
    return mac;
  }
}
