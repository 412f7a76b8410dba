package dev.berth.jsruntime.crypto;

import dev.berth.jsruntime.compute.RefusedException;
import java.util.Base64;

/// One key or certificate as PEM text. Never printed.
final class Pem {

  private static final String BEGIN = "-----BEGIN ";
  private static final String DASHES = "-----";

  private final String label;
  private final byte[] der;

  private Pem(String label, byte[] der) {
    this.label = label;
    this.der = der;
  }

  static boolean looksLike(String text) {
    return text.contains(BEGIN);
  }

  /// Reads the first block; white space anywhere in it does not matter.
  static Pem of(String text) throws RefusedException {
    Content.key(text);
    int label = text.indexOf(BEGIN) + BEGIN.length();
    int body = text.indexOf(DASHES, label);
    int end = body < 0 ? -1 : text.indexOf("-----END", body);
    if (label < BEGIN.length() || end < 0) {
      throw new RefusedException("the key is not PEM text, which has a line -----BEGIN …-----");
    }
    String base64 = text.substring(body + DASHES.length(), end).replaceAll("\\s", "");
    try {
      return new Pem(text.substring(label, body), Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException _) {
      throw new RefusedException("the key is not PEM text: its content is not base64");
    }
  }

  /// What it is, such as `RSA PRIVATE KEY`.
  String label() {
    return label;
  }

  byte[] der() {
    return der;
  }
}
