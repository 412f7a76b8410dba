package dev.berth.jsruntime;

import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Base64;

/// Keys as PEM text.
final class TestPem {

  private TestPem() {}

  static String publicKey(PublicKey key) {
    return pem("PUBLIC KEY", key.getEncoded());
  }

  static String privateKey(PrivateKey key) {
    return pem("PRIVATE KEY", key.getEncoded());
  }

  private static String pem(String label, byte[] der) {
    byte[] newLine = "\n".getBytes(StandardCharsets.US_ASCII);
    String lines = Base64.getMimeEncoder(64, newLine).encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
  }
}
