package dev.berth.jsruntime.service;

import dev.berth.invocation.Limit;
import dev.berth.invocation.Outcome;

/// An operation with which the invocation passed a limit. App code never hears of it: the
/// invocation ends.
public final class PassedLimitException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Limit limit;

  /// @param message for the caller of the invocation
  public PassedLimitException(Limit limit, String message) {
    super(message);
    this.limit = limit;
  }

  /// How the invocation ends.
  public Outcome.OverLimit outcome() {
    return new Outcome.OverLimit(limit, String.valueOf(getMessage()));
  }
}
