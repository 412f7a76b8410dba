package dev.berth.gateway.authentication;

import dev.berth.identity.Denial;
import dev.berth.invocation.Caller;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The answer of an [Authenticator].
public sealed interface Authentication {

  /// The function runs as this caller.
  record Authenticated(Caller caller) implements Authentication {}

  /// The function does not run.
  ///
  /// @param reason as much as a stranger may learn
  /// @param why for the log alone; names no credential
  record Refused(Reason reason, String why) implements Authentication {}

  /// Nobody may try this often.
  ///
  /// @param retryAfter how long to wait; `null` when nobody knows
  record Throttled(String message, @Nullable Duration retryAfter) implements Authentication {}

  /// Why a request is not authenticated.
  enum Reason {
    /// The request carries nothing that could name a user.
    MISSING_CREDENTIALS,
    /// What it carries names no user of the app, or is not valid.
    INVALID_SESSION
  }

  static Authentication invalid(String why) {
    return new Refused(Reason.INVALID_SESSION, why);
  }

  static Authentication denied(Denial denial) {
    return denial.code() == Denial.Code.TOO_MANY_REQUESTS
        ? new Throttled(denial.message(), denial.retryAfter())
        : invalid(denial.code().wireName() + ": " + denial.message());
  }
}
