package dev.berth.invocation;

/// As whom app code runs.
public sealed interface Caller {

  /// The system user: full access to data, above rules and schemas, and no user id.
  record SystemUser() implements Caller {}

  /// Nobody signed in; with application authentication such a call is refused before it gets
  /// here.
  record Nobody() implements Caller {}

  static Caller system() {
    return new SystemUser();
  }

  static Caller nobody() {
    return new Nobody();
  }
}
