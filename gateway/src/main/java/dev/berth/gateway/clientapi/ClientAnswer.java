package dev.berth.gateway.clientapi;

import dev.berth.gateway.reply.Fault;
import dev.berth.identity.Answer;
import dev.berth.identity.Denial;
import dev.berth.invocation.Outcome;
import java.util.function.Function;
import org.bson.BsonValue;

/// What a route answers.
sealed interface ClientAnswer {

  /// A value, written as canonical Extended JSON.
  record Json(int status, BsonValue value) implements ClientAnswer {}

  /// No body, and so no content type either: clients try to parse what has one.
  record Empty(int status) implements ClientAnswer {}

  /// An error.
  record Refused(Fault fault) implements ClientAnswer {}

  /// A function ran, or could not.
  record Ended(Outcome outcome) implements ClientAnswer {}

  /// Events, for as long as the client listens.
  record Events(Watch watch) implements ClientAnswer {}

  /// What identity answered: refused, or what becomes of the value.
  static <T> ClientAnswer of(Answer<T> answer, Function<T, ClientAnswer> granted) {
    return switch (answer) {
      case Answer.Granted<T>(T value) -> granted.apply(value);
      case Answer.Denied<T>(Denial denial) -> new Refused(fault(denial));
    };
  }

  /// For what has nothing to say but that it was done.
  static <T> ClientAnswer empty(int status, Answer<T> answer) {
    return of(answer, _ -> new Empty(status));
  }

  static Fault fault(Denial denial) {
    return new Fault(
        denial.code().status(), denial.message(), denial.code().wireName(), denial.retryAfter());
  }
}
