package dev.berth.gateway.authentication;

import dev.berth.invocation.Caller;

/// The answer of an [Authenticator].
public sealed interface Authentication {

  /// The function runs as this caller.
  record Authenticated(Caller caller) implements Authentication {}

  /// The function does not run.
  record Refused(Reason reason) implements Authentication {}

  /// Why a request is not authenticated; as much as a stranger may learn.
  enum Reason {
    /// The request carries nothing that could name a user.
    MISSING_CREDENTIALS,
    /// What it carries names no user of the app, or is not valid.
    INVALID_SESSION
  }
}
