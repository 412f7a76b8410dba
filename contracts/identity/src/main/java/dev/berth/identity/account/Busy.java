package dev.berth.identity.account;

import dev.berth.identity.Answer;
import dev.berth.identity.Denial;
import dev.berth.identity.Denial.Code;
import dev.berth.identity.password.BusyException;
import io.vertx.core.Future;
import java.time.Duration;

/// Tells clients to come back when too many passwords wait to be checked.
final class Busy {

  private static final Duration A_WHILE = Duration.ofSeconds(5);

  private Busy() {}

  static <T> Future<Answer<T>> asDenial(Future<Answer<T>> answer) {
    return answer.recover(
        failure ->
            failure instanceof BusyException
                ? Future.succeededFuture(
                    Answer.denied(
                        new Denial(Code.TOO_MANY_REQUESTS, "too many sign in just now", A_WHILE)))
                : Future.failedFuture(failure));
  }
}
