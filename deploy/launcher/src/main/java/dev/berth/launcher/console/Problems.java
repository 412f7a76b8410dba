package dev.berth.launcher.console;

import dev.berth.appmodel.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/// Problems of an app as lines whose file names can be opened from where the person stands.
public final class Problems {

  private Problems() {}

  /// One line for each problem, errors before warnings.
  public static String listed(Path folder, List<Problem> problems) {
    return problems.stream()
        .sorted((a, b) -> Boolean.compare(b.isError(), a.isError()))
        .map(problem -> line(folder, problem))
        .collect(Collectors.joining("\n"));
  }

  private static String line(Path folder, Problem problem) {
    String kind =
        switch (problem.severity()) {
          case ERROR -> "error: ";
          case WARNING -> "warning: ";
        };
    return kind + (problem.file().startsWith("/") ? problem : in(folder, problem));
  }

  private static String in(Path folder, Problem problem) {
    String base = folder.toString();
    if (problem.file().isEmpty()) {
      return base + ": " + problem.message();
    }
    return (base.isEmpty() ? "" : base + folder.getFileSystem().getSeparator()) + problem;
  }
}
