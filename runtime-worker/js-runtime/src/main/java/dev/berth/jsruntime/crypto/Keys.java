package dev.berth.jsruntime.crypto;

import dev.berth.jsruntime.compute.RefusedException;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.stream.Stream;

/// Keys of app code, which may be anything: what would take long to compute with is refused.
final class Keys {

  /// A signature with a key of this size takes about a tenth of a second.
  private static final int MOST_MODULUS_BITS = 8192;

  private static final int LEAST_MODULUS_BITS = 512;

  /// The largest public exponent that any standard allows.
  private static final int MOST_EXPONENT_BITS = 256;

  private static final String UNREADABLE = "the key cannot be read";

  private Keys() {}

  /// An RSA private key in PKCS#1 or PKCS#8.
  static PrivateKey rsaPrivate(String text) throws RefusedException {
    Pem pem = Pem.of(text);
    byte[] pkcs8 =
        switch (pem.label()) {
          case "RSA PRIVATE KEY" -> Der.pkcs8OfRsa(pem.der());
          case "PRIVATE KEY" -> pem.der();
          default -> throw wrongLabel(pem, "RSA PRIVATE KEY", "PRIVATE KEY");
        };
    return readPrivate("RSA", pkcs8);
  }

  /// An RSA public key in PKCS#1, as SubjectPublicKeyInfo, or in a certificate.
  static RSAPublicKey rsaPublic(String text) throws RefusedException {
    Pem pem = Pem.of(text);
    PublicKey key =
        switch (pem.label()) {
          case "RSA PUBLIC KEY" -> readPublic("RSA", Der.publicKeyInfoOfRsa(pem.der()));
          case "PUBLIC KEY" -> readPublic("RSA", pem.der());
          case "CERTIFICATE" -> ofCertificate(pem.der());
          default -> throw wrongLabel(pem, "RSA PUBLIC KEY", "PUBLIC KEY");
        };
    if (key instanceof RSAPublicKey rsa) {
      return rsa;
    }
    throw new RefusedException("the key is not an RSA key");
  }

  /// A private key for a curve, in PKCS#8.
  static PrivateKey ecPrivate(String text, int curveBits) throws RefusedException {
    Pem pem = Pem.of(text);
    if (!pem.label().equals("PRIVATE KEY")) {
      throw wrongLabel(pem, "PRIVATE KEY");
    }
    PrivateKey key = readPrivate("EC", pem.der());
    checkCurve(key, curveBits);
    return key;
  }

  static PublicKey ecPublic(String text, int curveBits) throws RefusedException {
    Pem pem = Pem.of(text);
    PublicKey key =
        switch (pem.label()) {
          case "PUBLIC KEY" -> readPublic("EC", pem.der());
          case "CERTIFICATE" -> ofCertificate(pem.der());
          default -> throw wrongLabel(pem, "PUBLIC KEY");
        };
    checkCurve(key, curveBits);
    return key;
  }

  private static RefusedException wrongLabel(Pem pem, String... wanted) {
    String begins = String.join("----- or -----BEGIN ", wanted);
    boolean isKnown = pem.label().endsWith("PRIVATE KEY") || pem.label().endsWith("PUBLIC KEY");
    return new RefusedException(
        "the key must begin with -----BEGIN "
            + begins
            + (isKnown ? "-----, not with -----BEGIN " + pem.label() + "-----" : "-----"));
  }

  private static PrivateKey readPrivate(String algorithm, byte[] pkcs8) throws RefusedException {
    try {
      PrivateKey key =
          KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      checkSize(key);
      return key;
    } catch (GeneralSecurityException | RuntimeException _) {
      throw new RefusedException(UNREADABLE);
    }
  }

  private static PublicKey readPublic(String algorithm, byte[] info) throws RefusedException {
    try {
      PublicKey key =
          KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(info));
      checkSize(key);
      return key;
    } catch (GeneralSecurityException | RuntimeException _) {
      throw new RefusedException(UNREADABLE);
    }
  }

  private static PublicKey ofCertificate(byte[] der) throws RefusedException {
    try {
      PublicKey key =
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der))
              .getPublicKey();
      checkSize(key);
      return key;
    } catch (GeneralSecurityException | RuntimeException _) {
      throw new RefusedException(UNREADABLE);
    }
  }

  private static void checkSize(Key key) throws RefusedException {
    switch (key) {
      case RSAPublicKey rsa -> checkRsa(rsa.getModulus(), rsa.getPublicExponent());
      case RSAPrivateCrtKey rsa ->
          checkRsa(
              rsa.getModulus(),
              rsa.getPublicExponent(),
              rsa.getPrivateExponent(),
              rsa.getPrimeP(),
              rsa.getPrimeQ(),
              rsa.getPrimeExponentP(),
              rsa.getPrimeExponentQ(),
              rsa.getCrtCoefficient());
      case RSAPrivateKey rsa ->
          checkRsa(rsa.getModulus(), BigInteger.ONE, rsa.getPrivateExponent());
      default -> {}
    }
  }

  private static void checkRsa(BigInteger modulus, BigInteger exponent, BigInteger... others)
      throws RefusedException {
    int bits = modulus.bitLength();
    if (bits < LEAST_MODULUS_BITS || bits > MOST_MODULUS_BITS) {
      throw new RefusedException("an RSA key has 512 to 8192 bits, and this one " + bits);
    }
    boolean isStrange =
        Stream.of(others).anyMatch(number -> number.signum() <= 0 || number.bitLength() > bits);
    if (isStrange || exponent.signum() <= 0 || exponent.bitLength() > MOST_EXPONENT_BITS) {
      throw new RefusedException(UNREADABLE);
    }
  }

  private static void checkCurve(Key key, int curveBits) throws RefusedException {
    if (!(key instanceof ECKey ec) || ec.getParams().getOrder().bitLength() != curveBits) {
      throw new RefusedException("the key is not one for the curve P-" + curveBits);
    }
  }
}
