package dev.berth.identity;

import io.vertx.core.Future;
import java.util.concurrent.TimeUnit;

/// Waits for futures in tests, and takes answers apart.
public final class Waiting {

  private Waiting() {}

  public static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }

  /// What was granted; the test fails with the denial when it was not.
  public static <T> T granted(Future<Answer<T>> answer) {
    return switch (await(answer)) {
      case Answer.Granted<T>(T value) -> value;
      case Answer.Denied<T>(Denial denial) -> throw new AssertionError("denied: " + denial);
    };
  }

  /// Why it was denied; the test fails when it was not.
  public static Denial denied(Future<? extends Answer<?>> answer) {
    Answer<?> answered = await(answer);
    return switch (answered) {
      case Answer.Granted<?> _ -> throw new AssertionError("granted");
      case Answer.Denied<?>(Denial denial) -> denial;
    };
  }
}
