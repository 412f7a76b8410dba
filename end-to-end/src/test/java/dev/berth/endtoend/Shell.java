package dev.berth.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/// Runs what a reader of the documentation would type.
final class Shell {

  private static final String BETWEEN = "\u001e";

  private Shell() {}

  /// Runs commands one after the other in one shell.
  ///
  /// @return what each printed, without blanks around it
  static List<String> run(List<String> commands) {
    StringBuilder script = new StringBuilder();
    commands.forEach(
        command -> script.append(command).append("\nprintf '").append(BETWEEN).append("'\n"));
    try {
      Process shell =
          new ProcessBuilder("bash", "-c", script.toString()).redirectErrorStream(true).start();
      String printed = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return Stream.of(printed.split(BETWEEN, -1))
          .limit(commands.size())
          .map(String::trim)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
