package dev.berth.gateway.authorization;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/// The scheme `SECRET_AS_QUERY_PARAM`: the caller knows the secret itself.
final class SecretParameter {

  private SecretParameter() {}

  /// Compares in a time that does not tell where the two differ.
  static boolean matches(String secret, @Nullable String given) {
    return given != null
        && MessageDigest.isEqual(
            secret.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }
}
