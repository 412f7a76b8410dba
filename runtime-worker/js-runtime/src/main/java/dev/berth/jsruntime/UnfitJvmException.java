package dev.berth.jsruntime;

/// App code must not run in this JVM, with a message that tells the operator what to change.
public final class UnfitJvmException extends IllegalStateException {

  private static final long serialVersionUID = 1;

  UnfitJvmException(String message) {
    super(message);
  }
}
