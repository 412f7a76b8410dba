package dev.berth.appmodel;

/// As whom a function runs: the four authentication modes of an endpoint are these.
public sealed interface RunAs {

  /// Application authentication: as the user who calls, who must have signed in.
  record Caller() implements RunAs {}

  /// As the system user, who needs no credentials and stands above rules and schemas.
  record AsSystem() implements RunAs {}

  /// As one user, whoever calls.
  record AsUser(String userId) implements RunAs {}

  /// As the user whose id a script returns.
  ///
  /// @param source JavaScript that assigns a function to `exports`
  record ByScript(String source) implements RunAs {}
}
