package dev.berth.cli;

import java.io.Console;
import java.util.Optional;

/// The person at the terminal, when there is one.
final class Terminal {

  private Terminal() {}

  private static Optional<Console> console() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal);
  }

  /// Asks for something that is not to be seen; empty when nobody can be asked.
  static Optional<String> secret(String prompt) {
    return console().map(terminal -> terminal.readPassword(prompt)).map(String::new);
  }

  /// Whether the person types `yes`.
  static boolean agrees(String question) {
    return console().map(terminal -> terminal.readLine(question)).filter("yes"::equals).isPresent();
  }
}
