package dev.berth.gateway.door;

import io.vertx.core.Vertx;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509KeyManager;

/// The certificate that the gateway shows, and its key: two PEM files. They may be replaced while
/// it runs.
///
/// @param chain the certificate, then those that vouch for it
/// @param key the private key, PKCS #8 or PKCS #1, without a password
public record Certificate(Path chain, Path key) {

  private static final byte[] SAMPLE = {1, 2, 3, 4};

  /// Reads both files and tries them on each other. Blocks.
  ///
  /// @throws IllegalArgumentException with a message fit for a person when they cannot be used
  public PemKeyCertOptions read(Vertx vertx) {
    require(chain, "certificate");
    require(key, "key");
    PemKeyCertOptions pem =
        new PemKeyCertOptions().setCertPath(chain.toString()).setKeyPath(key.toString());
    try {
      tryOut(manager(pem.getKeyManagerFactory(vertx).getKeyManagers()));
    } catch (IllegalArgumentException said) {
      throw said;
    } catch (Exception e) {
      throw new IllegalArgumentException(
          "%s and %s are not a certificate and its key in PEM form: %s"
              .formatted(chain, key, e.getMessage()),
          e);
    }
    return pem;
  }

  private static void require(Path file, String what) {
    if (!Files.isReadable(file)) {
      throw new IllegalArgumentException(
          "the TLS %s %s %s"
              .formatted(what, file, Files.exists(file) ? "may not be read" : "does not exist"));
    }
  }

  private static X509KeyManager manager(KeyManager[] managers) {
    return Arrays.stream(managers)
        .filter(X509KeyManager.class::isInstance)
        .map(X509KeyManager.class::cast)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no key"));
  }

  private void tryOut(X509KeyManager manager) throws GeneralSecurityException {
    for (String type : new String[] {"RSA", "EC", "EdDSA", "Ed25519"}) {
      String[] aliases = manager.getServerAliases(type, null);
      if (aliases != null && aliases.length > 0) {
        tryOut(
            manager.getPrivateKey(aliases[0]),
            manager.getCertificateChain(aliases[0])[0],
            algorithm(type));
        return;
      }
    }
    throw new IllegalArgumentException("%s holds no RSA, EC or Ed25519 key".formatted(key));
  }

  private static String algorithm(String keyType) {
    return switch (keyType) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> "Ed25519";
    };
  }

  private void tryOut(PrivateKey privateKey, X509Certificate certificate, String algorithm)
      throws GeneralSecurityException {
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(privateKey);
    signature.update(SAMPLE);
    byte[] signed = signature.sign();
    signature.initVerify(certificate.getPublicKey());
    signature.update(SAMPLE);
    if (!signature.verify(signed)) {
      throw new IllegalArgumentException("%s is not the key of %s".formatted(key, chain));
    }
  }

  /// What tells one state of the files from another. Blocks.
  ///
  /// @throws IOException when one of them is not there
  public String state() throws IOException {
    return state(chain) + " " + state(key);
  }

  private static String state(Path file) throws IOException {
    return Files.getLastModifiedTime(file) + "/" + Files.size(file) + "/" + file.toRealPath();
  }
}
