package dev.berth.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;

/// One run of a benchmark: what every report says, and where it goes.
///
/// @param folder `benchmarks` of the source tree
/// @param note a sentence of whoever started it; may be empty
public record Run(
    Path folder, LocalDate date, Machine machine, String commit, String command, String note) {

  /// Notes date, machine and commit as they are now.
  public static Run begin(String command) {
    return new Run(
        Path.of(System.getProperty("berth.benchmarks", "benchmarks")).toAbsolutePath(),
        LocalDate.now(ZoneOffset.UTC),
        Machine.here(),
        Machine.commit(),
        command,
        System.getenv().getOrDefault("BENCH_NOTE", ""));
  }

  /// The folder of an app that is measured.
  public Path app(String name) {
    return folder.resolve("apps").resolve(name);
  }

  /// The first line of a report.
  ///
  /// @param subject what was measured; may be empty
  public String title(String subject) {
    return "# " + (subject.isEmpty() ? "" : subject + ", ") + date + ", " + machine.hostClass();
  }

  /// What every report says at its end.
  public Facts facts() {
    return new Facts()
        .with("note", note)
        .with("command", "`" + command + "`")
        .with("commit", commit)
        .with(
            "machine",
            "%s, %d cores, %s".formatted(machine.cpu(), machine.cores(), machine.system()))
        .with("load average before", String.format(Locale.ROOT, "%.2f", machine.load()))
        .with("JDK", machine.jdk());
  }

  /// What was measured on such a machine, now and before.
  public Results results() {
    return new Results(folder.resolve("results"), machine.hostClass());
  }

  /// Prints a report and writes it to its file in `results`.
  ///
  /// @param kind a part of the file's name; may be empty
  public void publish(String kind, String text) throws IOException {
    Path file = results().write(date, kind, text);
    System.out.println(text);
    System.err.println("written to " + file);
  }
}
