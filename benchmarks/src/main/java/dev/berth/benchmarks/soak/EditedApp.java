package dev.berth.benchmarks.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// A copy of the app in `apps/hello` that is edited again and again; its answers say in a header
/// which edit they come from.
///
/// @param folder of the copy
record EditedApp(Path folder) implements AutoCloseable {

  /// The header that has the number of the edit.
  static final String HEADER = "X-Edit";

  private static final String PLACE = "response.setStatusCode(200);";

  /// Copies an app.
  static EditedApp copyOf(Path original) throws IOException {
    Path copy = Files.createTempDirectory("berth-soak");
    try (Stream<Path> files = Files.walk(original)) {
      for (Path file : files.skip(1).toList()) {
        Files.copy(file, copy.resolve(original.relativize(file).toString()));
      }
    }
    return new EditedApp(copy);
  }

  /// Saves the function as a new one.
  void edit(int number) throws IOException {
    Path file = folder.resolve("functions/hello.js");
    List<String> lines =
        Files.readAllLines(file).stream().filter(line -> !line.contains(HEADER)).toList();
    String edited =
        String.join("\n", lines)
            .replace(PLACE, PLACE + "\n  response.setHeader('" + HEADER + "', '" + number + "');");
    Files.writeString(file, edited + "\n");
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
