package dev.berth.jsruntime.node;

import dev.berth.jsruntime.compute.RefusedException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Keys as PEM text.
final class PemKeys {

  private static final Pattern PEM =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");

  /// Longer ones are no key.
  private static final int MOST_CHARACTERS = 1 << 16;

  /// More takes longer to compute with than a caller may wait.
  private static final int MOST_RSA_BITS = 8192;

  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "Ed25519", "RSASSA-PSS");
  private static final HexFormat HEX = HexFormat.of();
  private static final byte[] RSA_ID = HEX.parseHex("300d06092a864886f70d0101010500");

  /// The names of curves that PEM files of EC keys use, as they stand in DER.
  private static final Set<String> CURVES =
      Set.of("06082a8648ce3d030107", "06052b81040022", "06052b81040023", "06052b8104000a");

  private PemKeys() {}

  /// A private key.
  static PrivateKey privateKey(String pem) throws RefusedException {
    Matcher found = found(pem);
    byte[] der = der(found.group(2));
    byte[] pkcs8 =
        switch (found.group(1)) {
          case "PRIVATE KEY" -> der;
          case "RSA PRIVATE KEY" -> wrapped(RSA_ID, der);
          case "EC PRIVATE KEY" -> wrapped(ecId(der), der);
          case "ENCRYPTED PRIVATE KEY" ->
              throw new RefusedException("encrypted private keys are not supported");
          default -> throw new RefusedException("the key is no private key");
        };
    return first(
        factory -> (PrivateKey) checked(factory.generatePrivate(new PKCS8EncodedKeySpec(pkcs8))));
  }

  /// A public key: of itself, of a certificate or of a private key.
  static PublicKey publicKey(String pem) throws RefusedException {
    Matcher found = found(pem);
    byte[] der = der(found.group(2));
    return switch (found.group(1)) {
      case "PUBLIC KEY" -> spki(der);
      case "RSA PUBLIC KEY" -> spki(sequence(RSA_ID, tagged(0x03, new byte[1], der)));
      case "CERTIFICATE" -> ofCertificate(der);
      default -> ofPrivate(privateKey(pem));
    };
  }

  private static Matcher found(String pem) throws RefusedException {
    Matcher matcher = PEM.matcher(pem.length() > MOST_CHARACTERS ? "" : pem);
    if (!matcher.find()) {
      throw new RefusedException("the key is not PEM text");
    }
    return matcher;
  }

  private static byte[] der(String base64) throws RefusedException {
    try {
      return Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new RefusedException("the key is not PEM text");
    }
  }

  private static PublicKey spki(byte[] der) throws RefusedException {
    return first(
        factory -> (PublicKey) checked(factory.generatePublic(new X509EncodedKeySpec(der))));
  }

  private static PublicKey ofCertificate(byte[] der) throws RefusedException {
    try {
      return (PublicKey)
          checked(
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(der))
                  .getPublicKey());
    } catch (GeneralSecurityException e) {
      throw new RefusedException("the certificate cannot be read");
    }
  }

  private static PublicKey ofPrivate(PrivateKey key) throws RefusedException {
    if (!(key instanceof RSAPrivateCrtKey rsa)) {
      throw new RefusedException("the public key of that private key must be given by itself");
    }
    try {
      return KeyFactory.getInstance("RSA")
          .generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()));
    } catch (GeneralSecurityException e) {
      throw new RefusedException("the key cannot be read");
    }
  }

  private interface Reading<T> {
    T by(KeyFactory factory) throws GeneralSecurityException;
  }

  private static <T> T first(Reading<T> reading) throws RefusedException {
    for (String algorithm : ALGORITHMS) {
      try {
        return reading.by(KeyFactory.getInstance(algorithm));
      } catch (GeneralSecurityException _) {
        // Another algorithm's key, or none at all.
      }
    }
    throw new RefusedException("the key cannot be read");
  }

  private static Key checked(Key key) throws InvalidKeySpecException {
    if (key instanceof java.security.interfaces.RSAKey rsa
        && rsa.getModulus().bitLength() > MOST_RSA_BITS) {
      throw new InvalidKeySpecException("too long");
    }
    return key;
  }

  // ---- DER

  /// PKCS#8 around a key of its own form.
  private static byte[] wrapped(byte[] algorithm, byte[] key) {
    return sequence(HEX.parseHex("020100"), algorithm, tagged(0x04, key));
  }

  private static byte[] ecId(byte[] key) throws RefusedException {
    String hex = HEX.formatHex(key);
    for (String curve : CURVES) {
      if (hex.contains(curve)) {
        return sequence(HEX.parseHex("06072a8648ce3d0201"), HEX.parseHex(curve));
      }
    }
    throw new RefusedException("the curve of the key is not supported");
  }

  private static byte[] sequence(byte[]... parts) {
    return tagged(0x30, parts);
  }

  private static byte[] tagged(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    int length = content.size();
    if (length >= 0x80) {
      int bytes = length > 0xffff ? 3 : length > 0xff ? 2 : 1;
      out.write(0x80 | bytes);
      for (int i = bytes - 1; i >= 0; i--) {
        out.write(length >> (8 * i));
      }
    } else {
      out.write(length);
    }
    out.writeBytes(content.toByteArray());
    return out.toByteArray();
  }
}
