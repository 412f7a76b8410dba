package dev.berth.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The files with what was measured on one kind of machine.
///
/// @param folder where they are; made when the first is written
/// @param hostClass names the kind of machine
public record Results(Path folder, String hostClass) {

  private static final String DAY = "\\d{4}-\\d{2}-\\d{2}";

  /// Writes one, over what the same day left there.
  ///
  /// @param kind what was measured; empty for the first of all benchmarks
  Path write(LocalDate date, String kind, String text) throws IOException {
    Files.createDirectories(folder);
    return Files.writeString(folder.resolve(date + end(kind)), text);
  }

  /// The newest text of a kind; empty when it was never measured.
  public Optional<String> newest(String kind) throws IOException {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    Pattern name = Pattern.compile(DAY + Pattern.quote(end(kind)));
    try (Stream<Path> files = Files.list(folder)) {
      Optional<Path> newest =
          files
              .filter(file -> name.matcher(file.getFileName().toString()).matches())
              .max(Comparator.comparing(file -> file.getFileName().toString()));
      return newest.isEmpty() ? Optional.empty() : Optional.of(Files.readString(newest.get()));
    }
  }

  private String end(String kind) {
    return "-" + hostClass + (kind.isEmpty() ? "" : "-" + kind) + ".md";
  }
}
