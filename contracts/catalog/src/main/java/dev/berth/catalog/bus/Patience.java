package dev.berth.catalog.bus;

import java.time.Duration;

/// How long a follower waits for the owner.
///
/// @param answer until one question counts as unanswered
/// @param pause before everything is asked again
/// @param limit until it gives up
record Patience(Duration answer, Duration pause, Duration limit) {

  /// Processes of one installation start at about the same time, and in any order.
  static final Patience OF_A_START =
      new Patience(Duration.ofSeconds(10), Duration.ofMillis(500), Duration.ofMinutes(1));
}
