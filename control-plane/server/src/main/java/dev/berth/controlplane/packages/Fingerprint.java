package dev.berth.controlplane.packages;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Sums up what packages are made from. For one thread.
final class Fingerprint {

  /// Raise it when the same source gives other packages than before.
  private static final String VERSION = "1";

  private final MessageDigest sha256;

  /// @param kind of source
  Fingerprint(String kind) {
    try {
      this.sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
    add(VERSION);
    add(kind);
  }

  void add(String text) {
    add(text.getBytes(StandardCharsets.UTF_8));
  }

  void add(long number) {
    sha256.update(ByteBuffer.allocate(Long.BYTES).putLong(number).flip());
  }

  /// Each part with its length, so that no two sequences of parts look alike.
  void add(byte[] bytes) {
    add(bytes.length);
    sha256.update(bytes);
  }

  /// The sum as 64 hex digits.
  String sum() {
    return HexFormat.of().formatHex(sha256.digest());
  }
}
