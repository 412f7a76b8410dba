package dev.berth.jsruntime.node;

import dev.berth.jsruntime.compute.RefusedException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/// What a key is, and new ones.
final class KeyPairs {

  private KeyPairs() {}

  /// `[private or public, key]`: its type, its length in bits, and its form in PKCS#8 or SPKI.
  static String describe(List<String> given) throws RefusedException {
    Texts texts = new Texts(given);
    boolean isPrivate = texts.text(0).equals("private");
    Key key = isPrivate ? PemKeys.privateKey(texts.text(1)) : PemKeys.publicKey(texts.text(1));
    return type(key) + "," + bits(key) + "," + pem(key, isPrivate);
  }

  private static String type(Key key) {
    return key.getAlgorithm().equals("EdDSA")
        ? "ed25519"
        : key.getAlgorithm().toLowerCase(Locale.ROOT);
  }

  private static int bits(Key key) {
    return switch (key) {
      case RSAKey rsa -> rsa.getModulus().bitLength();
      case ECKey ec -> ec.getParams().getCurve().getField().getFieldSize();
      default -> 256;
    };
  }

  private static String pem(Key key, boolean isPrivate) {
    String label = isPrivate ? "PRIVATE KEY" : "PUBLIC KEY";
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
    return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
  }

  /// `[rsa, bits]`, `[ec, curve]` or `[ed25519, any]`: the private key and the public one.
  static String generate(List<String> given) throws RefusedException {
    Texts texts = new Texts(given);
    try {
      KeyPair pair =
          switch (texts.text(0)) {
            case "rsa" -> rsa(texts.number(1, 1024, 3072));
            case "ec" -> ec(texts.text(1));
            case "ed25519" -> KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            default -> throw new RefusedException("the type of key is not supported");
          };
      return pem(pair.getPrivate(), true) + pem(pair.getPublic(), false);
    } catch (GeneralSecurityException e) {
      throw new RefusedException("the type of key is not supported");
    }
  }

  private static KeyPair rsa(int bits) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(bits);
    return generator.generateKeyPair();
  }

  private static KeyPair ec(String curve) throws GeneralSecurityException {
    String name =
        switch (curve) {
          case "P-256", "prime256v1" -> "secp256r1";
          case "P-384" -> "secp384r1";
          case "P-521" -> "secp521r1";
          default -> curve.length() > 20 ? "" : curve;
        };
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec(name));
    return generator.generateKeyPair();
  }
}
