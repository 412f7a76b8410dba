package dev.berth.jsruntime.compute;

/// What app code asked for cannot be computed. The message is for app code: it holds nothing of
/// the host, and no key.
public final class RefusedException extends Exception {

  private static final long serialVersionUID = 1L;

  public RefusedException(String message) {
    super(message);
  }
}
