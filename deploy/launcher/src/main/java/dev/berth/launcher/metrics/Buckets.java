package dev.berth.launcher.metrics;

import java.time.Duration;

/// The bounds between which durations are counted.
final class Buckets {

  /// From a call that finds everything warm to one that ends at the default time limit.
  static final Duration[] OF_CALLS = {
    Duration.ofMillis(1),
    Duration.ofMillis(2),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5),
    Duration.ofSeconds(30),
    Duration.ofSeconds(300),
  };

  private Buckets() {}
}
