package dev.berth.rules.access;

/// What becomes of a write.
public enum Permission {
  PERMITTED,
  /// The role forbids it, and the operation fails.
  DENIED,
  /// No role applies to the document. To the caller it is as if there were no such document.
  NO_ROLE;

  static Permission of(boolean isPermitted) {
    return isPermitted ? PERMITTED : DENIED;
  }
}
