package dev.berth.identity;

import java.time.Duration;

/// How long things of users live, and what verifying them may cost.
///
/// @param accessTokenLife also how long a token works after its session was logged out
/// @param refreshTokenLife of a session, from its start; using it does not prolong it
/// @param anonymousTokenLife the same for anonymous users, who could not sign in again
/// @param linkLife of a confirmation or reset link
/// @param pendingLife after which a registration that nobody confirmed is forgotten
/// @param anonymousUserLife after which an anonymous user is deleted
/// @param memoryLife how long a verified credential is believed without looking again
/// @param memoryEntries how many verified credentials are kept in memory at most
/// @param hashMemoryKib memory for one password hash, in KiB
/// @param hashPasses how often that memory is gone over
/// @param hashThreads how many passwords are hashed at once
public record IdentitySettings(
    Duration accessTokenLife,
    Duration refreshTokenLife,
    Duration anonymousTokenLife,
    Duration linkLife,
    Duration pendingLife,
    Duration anonymousUserLife,
    Duration memoryLife,
    int memoryEntries,
    int hashMemoryKib,
    int hashPasses,
    int hashThreads) {

  private static final Duration SHORTEST_REFRESH = Duration.ofMinutes(30);
  private static final Duration LONGEST_REFRESH = Duration.ofDays(1825);

  public IdentitySettings {
    if (refreshTokenLife.compareTo(SHORTEST_REFRESH) < 0
        || refreshTokenLife.compareTo(LONGEST_REFRESH) > 0) {
      throw new IllegalArgumentException(
          "a refresh token lives 30 minutes to 1825 days, not " + refreshTokenLife);
    }
    if (memoryEntries < 1 || hashMemoryKib < 8 || hashPasses < 1 || hashThreads < 1) {
      throw new IllegalArgumentException("sizes and counts must be positive");
    }
  }

  /// What counts unless an operator decides otherwise. The cost of a hash is what OWASP advises
  /// for Argon2id.
  public static IdentitySettings defaults() {
    return new IdentitySettings(
        Duration.ofMinutes(30),
        Duration.ofDays(60),
        Duration.ofDays(18_250),
        Duration.ofMinutes(30),
        Duration.ofDays(30),
        Duration.ofDays(90),
        Duration.ofSeconds(60),
        10_000,
        19_456,
        2,
        2);
  }

  /// The same with another life of access tokens.
  public IdentitySettings withAccessTokenLife(Duration life) {
    return new IdentitySettings(
        life,
        refreshTokenLife,
        anonymousTokenLife,
        linkLife,
        pendingLife,
        anonymousUserLife,
        memoryLife,
        memoryEntries,
        hashMemoryKib,
        hashPasses,
        hashThreads);
  }

  /// The same with another life of refresh tokens.
  public IdentitySettings withRefreshTokenLife(Duration life) {
    return new IdentitySettings(
        accessTokenLife,
        life,
        anonymousTokenLife,
        linkLife,
        pendingLife,
        anonymousUserLife,
        memoryLife,
        memoryEntries,
        hashMemoryKib,
        hashPasses,
        hashThreads);
  }

  /// The same with another cost of password hashes.
  public IdentitySettings withHashCost(int memoryKib, int passes, int threads) {
    return new IdentitySettings(
        accessTokenLife,
        refreshTokenLife,
        anonymousTokenLife,
        linkLife,
        pendingLife,
        anonymousUserLife,
        memoryLife,
        memoryEntries,
        memoryKib,
        passes,
        threads);
  }
}
