package dev.berth.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/// Runs commands against a server, as a user does who has profiles in a folder.
///
/// @param printed what they print, mistakes and failures too
record CommandRun(AnsweringServer server, Path profiles, StringWriter printed) {

  int run(Object command, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--profiles", profiles.toString(), "--url", server.url()));
    return new CommandLine(command)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(new PrintWriter(printed, true))
        .setErr(new PrintWriter(printed, true))
        .setExecutionExceptionHandler(
            (failure, _, _) -> {
              printed.append("failed: ").append(failure.getMessage()).append('\n');
              return 1;
            })
        .execute(all.toArray(String[]::new));
  }
}
