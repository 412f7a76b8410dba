package dev.berth.controlplane.admin.users;

import dev.berth.controlplane.refusal.Refusal;
import dev.berth.identity.Answer;
import dev.berth.identity.Denial;
import io.vertx.core.Future;

/// Waits for what the users of apps are asked for.
final class Answers {

  private Answers() {}

  /// What was granted.
  static <T> T granted(Future<Answer<T>> answer) {
    return switch (await(answer)) {
      case Answer.Granted<T>(T value) -> value;
      case Answer.Denied<T>(Denial denial) ->
          throw Refusal.of(kind(denial), denial.code().wireName(), denial.message());
    };
  }

  static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }

  private static Refusal.Kind kind(Denial denial) {
    return switch (denial.code().status()) {
      case 404 -> Refusal.Kind.NOT_FOUND;
      case 409 -> Refusal.Kind.CONFLICT;
      case 429 -> Refusal.Kind.TOO_MANY;
      default -> Refusal.Kind.INVALID;
    };
  }
}
