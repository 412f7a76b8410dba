package dev.berth.jsruntime.wire;

import java.util.Objects;

/// Text from a context that stands for no BSON value; its message is fit for app code.
public final class WireException extends Exception {

  private static final long serialVersionUID = 1L;

  WireException(String message) {
    super(message);
  }

  /// What app code and its caller may read.
  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }
}
