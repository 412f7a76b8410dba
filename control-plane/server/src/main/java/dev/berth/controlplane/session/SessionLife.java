package dev.berth.controlplane.session;

import java.time.Duration;

/// How long tokens of administrators are good for.
///
/// @param access of each access token
/// @param refresh of a session from its start
public record SessionLife(Duration access, Duration refresh) {

  public static SessionLife standard() {
    return new SessionLife(Duration.ofMinutes(30), Duration.ofDays(60));
  }
}
