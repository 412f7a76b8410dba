package dev.berth.identity.provider;

import dev.berth.appmodel.AuthProvider.SigningAlgorithm;
import dev.berth.identity.token.WebToken;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A key that another system signs tokens with. Each is of one algorithm, which the app's
/// configuration decides and a token cannot change.
sealed interface VerifyingKey {

  /// Whether this key signed the token with its own algorithm.
  boolean signed(WebToken token);

  /// The key in a secret of the app; empty when it is none of that algorithm.
  static Optional<VerifyingKey> of(SigningAlgorithm algorithm, String secret) {
    return switch (algorithm) {
      case HS256 -> Shared.of(secret);
      case RS256 -> Rsa.ofPem(secret);
    };
  }

  /// HS256.
  final class Shared implements VerifyingKey {

    private static final int SHORTEST = 32;
    private static final String MAC = "HmacSHA256";

    private final SecretKeySpec key;

    private Shared(SecretKeySpec key) {
      this.key = key;
    }

    static Optional<VerifyingKey> of(String secret) {
      return secret.length() < SHORTEST
          ? Optional.empty()
          : Optional.of(
              new Shared(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), MAC)));
    }

    @Override
    public boolean signed(WebToken token) {
      try {
        Mac mac = Mac.getInstance(MAC);
        mac.init(key);
        return token.isSignedBy("HS256")
            && MessageDigest.isEqual(mac.doFinal(token.signedPart()), token.signature());
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every JDK has " + MAC, e);
      }
    }
  }

  /// RS256.
  final class Rsa implements VerifyingKey {

    private static final int FEWEST_BITS = 2048;
    private static final int MOST_BITS = 8192;
    private static final int MOST_EXPONENT_BITS = 64;
    private static final String CERTIFICATE = "-----BEGIN CERTIFICATE-----";

    private final PublicKey key;

    private Rsa(PublicKey key) {
      this.key = key;
    }

    /// A public key or a certificate as text.
    static Optional<VerifyingKey> ofPem(String pem) {
      try {
        PublicKey key =
            pem.contains(CERTIFICATE)
                ? CertificateFactory.getInstance("X.509")
                    .generateCertificate(
                        new ByteArrayInputStream(pem.strip().getBytes(StandardCharsets.US_ASCII)))
                    .getPublicKey()
                : KeyFactory.getInstance("RSA")
                    .generatePublic(new X509EncodedKeySpec(content(pem)));
        return key instanceof RSAPublicKey rsa ? of(rsa) : Optional.empty();
      } catch (GeneralSecurityException | IllegalArgumentException noKey) {
        return Optional.empty();
      }
    }

    private static byte[] content(String pem) {
      String text =
          pem.replace("-----BEGIN PUBLIC KEY-----", "").replace("-----END PUBLIC KEY-----", "");
      // Secrets are often entered in one line, with the line ends written out.
      return Base64.getMimeDecoder().decode(text.replace("\\n", ""));
    }

    /// A key of a published set.
    static Optional<VerifyingKey> of(BigInteger modulus, BigInteger exponent) {
      try {
        PublicKey key =
            KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
        return key instanceof RSAPublicKey rsa ? of(rsa) : Optional.empty();
      } catch (GeneralSecurityException noKey) {
        return Optional.empty();
      }
    }

    private static Optional<VerifyingKey> of(RSAPublicKey key) {
      int bits = key.getModulus().bitLength();
      return bits < FEWEST_BITS
              || bits > MOST_BITS
              || key.getPublicExponent().bitLength() > MOST_EXPONENT_BITS
          ? Optional.empty()
          : Optional.of(new Rsa(key));
    }

    @Override
    public boolean signed(WebToken token) {
      try {
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(key);
        signature.update(token.signedPart());
        return token.isSignedBy("RS256") && signature.verify(token.signature());
      } catch (GeneralSecurityException malformed) {
        return false;
      }
    }
  }
}
