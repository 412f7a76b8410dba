package dev.berth.gateway.authorization;

/// The answer of an [Authorizer].
public sealed interface Authorization {

  /// The request may run.
  record Allowed() implements Authorization {}

  /// The request may not run.
  ///
  /// @param reason for the log alone; the client learns nothing of it
  record Denied(String reason) implements Authorization {}
}
