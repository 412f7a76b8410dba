package dev.berth.jsruntime.crypto;

import dev.berth.jsruntime.compute.RefusedException;
import java.util.List;

/// `utils.crypto.sign` and `utils.crypto.verify`: RSA with SHA-256.
final class RsaMessages {

  private RsaMessages() {}

  /// @param texts the scheme, the private key, and the content
  static String sign(List<String> texts) throws RefusedException {
    RsaSignature scheme = scheme(texts.get(0));
    byte[] message = Content.message(texts.get(2));
    return Content.latin1(scheme.sign(Keys.rsaPrivate(texts.get(1)), message));
  }

  /// @param texts the scheme, the public key, the content, and the signature
  static String verify(List<String> texts) throws RefusedException {
    RsaSignature scheme = scheme(texts.get(0));
    byte[] message = Content.message(texts.get(2));
    byte[] signature = Content.latin1(texts.get(3));
    return "" + scheme.verify(Keys.rsaPublic(texts.get(1)), message, signature);
  }

  private static RsaSignature scheme(String name) throws RefusedException {
    return switch (name) {
      case "pss" -> new RsaSignature(RsaSignature.Padding.PSS, "SHA-256");
      case "pkcs1v15" -> new RsaSignature(RsaSignature.Padding.PKCS1, "SHA-256");
      default -> throw new RefusedException("the signature scheme must be pss or pkcs1v15");
    };
  }
}
