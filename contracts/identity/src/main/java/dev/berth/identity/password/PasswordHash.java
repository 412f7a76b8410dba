package dev.berth.identity.password;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// An Argon2id hash with what it takes to make it again, in the usual text form:
/// `$argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>`.
final class PasswordHash {

  private static final int HASH_BYTES = 32;
  private static final int MOST_MEMORY_KIB = 1 << 20;
  private static final Pattern FORM =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,2}),p=1\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

  private PasswordHash() {}

  /// @param memoryKib memory to use, in KiB
  /// @param passes how often it is gone over
  static String make(String password, byte[] salt, int memoryKib, int passes) {
    byte[] hash = argon2(password, salt, memoryKib, passes);
    Base64.Encoder encoder = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m=%d,t=%d,p=1$%s$%s"
        .formatted(memoryKib, passes, encoder.encodeToString(salt), encoder.encodeToString(hash));
  }

  /// Whether the hash is of that password; compared in constant time.
  static boolean matches(String password, String hash) {
    Matcher parts = FORM.matcher(hash);
    if (!parts.matches()) {
      throw new IllegalStateException("a stored password hash is malformed");
    }
    int memoryKib = Integer.parseInt(parts.group(1));
    if (memoryKib > MOST_MEMORY_KIB) {
      throw new IllegalStateException("a stored password hash asks for too much memory");
    }
    byte[] salt = Base64.getDecoder().decode(parts.group(3));
    byte[] expected = Base64.getDecoder().decode(parts.group(4));
    byte[] actual = argon2(password, salt, memoryKib, Integer.parseInt(parts.group(2)));
    return MessageDigest.isEqual(expected, actual);
  }

  private static byte[] argon2(String password, byte[] salt, int memoryKib, int passes) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(memoryKib)
            .withIterations(passes)
            .withParallelism(1)
            .withSalt(salt)
            .build());
    byte[] hash = new byte[HASH_BYTES];
    generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
    return hash;
  }
}
