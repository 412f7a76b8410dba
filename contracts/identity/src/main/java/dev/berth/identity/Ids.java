package dev.berth.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/// Ids and secrets made of chance, and hashes of them.
public final class Ids {

  private static final HexFormat HEX = HexFormat.of();
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String LETTERS_AND_DIGITS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final int ID_BYTES = 12;
  private static final int ID_LENGTH = 2 * ID_BYTES;

  private Ids() {}

  /// 24 hex digits, as of an ObjectId but all of chance.
  public static String next() {
    return HEX.formatHex(randomBytes(ID_BYTES));
  }

  /// Whether the text is 24 lower-case hex digits.
  public static boolean isId(String text) {
    return text.length() == ID_LENGTH
        && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
  }

  /// A secret of letters and digits, each worth almost six bits.
  public static String secret(int characters) {
    return RANDOM
        .ints(characters, 0, LETTERS_AND_DIGITS.length())
        .map(LETTERS_AND_DIGITS::charAt)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /// Lower-case letters made of chance, to tell names apart. No secret: each is worth less than
  /// five bits.
  public static String letters(int count) {
    return RANDOM
        .ints(count, 'a', 'z' + 1)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  public static byte[] randomBytes(int count) {
    byte[] bytes = new byte[count];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  /// The SHA-256 of a secret that is long and random itself, in hex. Not for passwords.
  public static String sha256(String secret) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HEX.formatHex(digest.digest(secret.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /// Compares hashes in a time that does not depend on where they differ.
  public static boolean sameHash(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }
}
