package dev.berth.benchmarks.engines;

import dev.berth.benchmarks.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How attacks ended in an engine alone.
///
/// @param byEnd the names of the attacks that ended like that
record AttackEnds(Map<String, List<String>> byEnd) {

  private static final String BEGINS = "begins ";
  private static final String ENDS = "ends ";

  /// More names than this are a number.
  private static final int FEW = 12;

  /// Runs all attacks of a file. An attack that cannot be ended, or that ends the process, has the
  /// next ones run in a new process.
  static AttackEnds of(EngineLine line, Path file, List<String> options)
      throws IOException, InterruptedException {
    Map<String, List<String>> byEnd = new LinkedHashMap<>();
    int from = 0;
    boolean more = true;
    while (more) {
      List<String> arguments =
          new ArrayList<>(List.of("attacks", file.toString(), Integer.toString(from)));
      arguments.addAll(options);
      EngineLine.Ended ended = line.run(arguments);
      if (ended.said().isEmpty()) {
        throw new IllegalStateException(line.name() + " ended with code " + ended.code());
      }
      String name = "";
      boolean open = false;
      for (String said : ended.said()) {
        open = said.startsWith(BEGINS);
        if (open) {
          name = said.substring(BEGINS.length());
          from++;
        } else {
          add(byEnd, said.substring(ENDS.length()), name);
        }
      }
      if (open) {
        add(byEnd, "ended the process", name);
      }
      more = ended.code() != 0;
    }
    return new AttackEnds(byEnd);
  }

  private static void add(Map<String, List<String>> byEnd, String end, String name) {
    byEnd.computeIfAbsent(end, _ -> new ArrayList<>()).add(name);
  }

  /// A row for each end, a column for each engine.
  static String table(List<String> names, List<AttackEnds> engines) {
    List<String> titles = new ArrayList<>(List.of("attacks"));
    titles.addAll(names);
    Table table = new Table(titles.toArray(String[]::new));
    for (String end :
        List.of(
            "needs what Berth offers",
            "ended by itself",
            "over a limit",
            "ended from outside",
            "internal error",
            "went on",
            "ended the process")) {
      List<String> cells = new ArrayList<>(List.of(end));
      engines.forEach(engine -> cells.add(cell(engine.byEnd().getOrDefault(end, List.of()))));
      table.row(cells.toArray(String[]::new));
    }
    return table.toString();
  }

  private static String cell(List<String> attacks) {
    return attacks.size()
        + (attacks.isEmpty() || attacks.size() > FEW ? "" : ": " + String.join(", ", attacks));
  }
}
