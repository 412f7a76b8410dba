package dev.berth.launcher.console;

/// Why Berth cannot start, in words for the person at the terminal. Theirs to mend, so there is
/// no stack trace to show.
public final class StartFailure extends Exception {

  private static final long serialVersionUID = 1;

  public StartFailure(String message) {
    super(message, null, false, false);
  }
}
