package dev.berth.identity.provider;

import dev.berth.identity.UserIdentity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a verified credential shows.
public sealed interface Proof {

  /// Somebody has an identity, which a user may have or not.
  ///
  /// @param until when the credential expires; `null` when it does not by itself
  /// @param isNew whether nobody can have it yet
  record OfIdentity(UserIdentity identity, @Nullable Instant until, boolean isNew)
      implements Proof {}

  /// Somebody holds the API key of a user.
  record OfApiKey(String userId, String keyId) implements Proof {}
}
