package dev.berth.controlplane.secret;

import dev.berth.identity.Ids;
import java.util.Base64;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/// A key that other secrets are encrypted with. Its text form never shows it.
public final class MasterKey {

  private static final int BYTES = 32;
  private static final int ID_CHARACTERS = 16;

  private final String id;
  private final SecretKey key;

  private MasterKey(byte[] bytes) {
    // A hash of the key tells two keys apart and nothing about either.
    this.id = Ids.sha256("berth master key " + encoded(bytes)).substring(0, ID_CHARACTERS);
    this.key = new SecretKeySpec(bytes, "AES");
  }

  /// Reads a key.
  ///
  /// @param text 32 bytes in Base64
  /// @throws IllegalArgumentException with a message fit for a person, which does not show it
  public static MasterKey parse(String text) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text.strip());
    } catch (IllegalArgumentException malformed) {
      // The cause would quote a character of it.
      throw new IllegalArgumentException(hint("it is no Base64"));
    }
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException(hint("it has " + bytes.length + " bytes"));
    }
    return new MasterKey(bytes);
  }

  private static String hint(String found) {
    return "the master key must be "
        + BYTES
        + " random bytes in Base64, as `openssl rand -base64 32` makes them; "
        + found;
  }

  /// A new one, as text for a file.
  public static String generate() {
    return encoded(Ids.randomBytes(BYTES));
  }

  private static String encoded(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  String id() {
    return id;
  }

  SecretKey key() {
    return key;
  }

  @Override
  public String toString() {
    return "MasterKey[id=" + id + "]";
  }
}
