package dev.berth.benchmarks.engines;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A GraalJS alone in processes of its own, without anything of Berth: `EngineUnderTest.java` on
/// some class path.
///
/// @param name of the row in a table
/// @param java the command up to the program: a JVM, its options and the class path
record EngineLine(String name, List<String> java, Path program) {

  private static final String SAID = "> ";

  /// What a process said, and how it ended.
  record Ended(List<String> said, int code) {}

  EngineLine with(String moreName, String... options) {
    List<String> more = new ArrayList<>(java);
    // Behind the name of the JVM: the last of two options of the same name counts.
    more.addAll(more.size() - 2, List.of(options));
    return new EngineLine(name + moreName, more, program);
  }

  /// Runs the program, as long as it takes.
  Ended run(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(java);
    command.add(program.toString());
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    List<String> said = new ArrayList<>();
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (line.startsWith(SAID)) {
          said.add(line.substring(SAID.length()));
        }
      }
    }
    return new Ended(said, process.waitFor());
  }
}
