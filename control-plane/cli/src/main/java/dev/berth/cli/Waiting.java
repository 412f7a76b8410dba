package dev.berth.cli;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Time between two looks at something that happens elsewhere.
final class Waiting {

  private Waiting() {}

  static void until(Duration later) {
    CompletableFuture.runAsync(
            () -> {}, CompletableFuture.delayedExecutor(later.toMillis(), TimeUnit.MILLISECONDS))
        .join();
  }
}
