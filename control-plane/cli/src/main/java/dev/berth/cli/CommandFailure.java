package dev.berth.cli;

/// What a command cannot do. The message is one sentence for the person at the terminal.
public final class CommandFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CommandFailure(String message) {
    super(message);
  }
}
