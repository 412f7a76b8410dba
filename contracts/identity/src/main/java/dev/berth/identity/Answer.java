package dev.berth.identity;

import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Function;

/// What was asked for, or why it was refused.
public sealed interface Answer<T> {

  /// It is granted.
  record Granted<T>(T value) implements Answer<T> {}

  /// It is refused, and nothing was done.
  record Denied<T>(Denial denial) implements Answer<T> {}

  static <T> Answer<T> granted(T value) {
    return new Granted<>(value);
  }

  static Answer<Done> done() {
    return new Granted<>(Done.DONE);
  }

  static <T> Answer<T> denied(Denial denial) {
    return new Denied<>(denial);
  }

  static <T> Answer<T> denied(Denial.Code code, String message) {
    return new Denied<>(new Denial(code, message));
  }

  /// A denial that is known already, where the answer could have taken time.
  static <T> Future<Answer<T>> refusal(Denial.Code code, String message) {
    return Future.succeededFuture(denied(code, message));
  }

  /// What was found, or why the lack of it is a denial.
  static <T> Answer<T> found(Optional<T> value, Denial.Code code, String message) {
    return value.map(Answer::granted).orElseGet(() -> denied(code, message));
  }

  default <U> Answer<U> map(Function<? super T, ? extends U> then) {
    return switch (this) {
      case Granted<T>(T value) -> granted(then.apply(value));
      case Denied<T>(Denial denial) -> denied(denial);
    };
  }

  /// Goes on with the value; a denial stays what it is.
  default <U> Future<Answer<U>> then(Function<? super T, Future<Answer<U>>> next) {
    return switch (this) {
      case Granted<T>(T value) -> next.apply(value);
      case Denied<T>(Denial denial) -> Future.succeededFuture(denied(denial));
    };
  }
}
