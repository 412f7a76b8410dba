package dev.berth.controlplane.packages;

import dev.berth.appmodel.Packages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Remembers on disk what became of which source, so that nothing is packed or installed twice: a
/// small file for each fingerprint.
final class KnownSources {

  private final Path folder;

  KnownSources(Path folder) {
    this.folder = folder;
  }

  /// What a source gave.
  ///
  /// @param warnings without line breaks
  record Known(Packages packages, List<String> warnings) {

    private static final int FIELDS = 3;

    Known {
      warnings = List.copyOf(warnings);
    }

    private List<String> lines() {
      String first = packages.digest() + " " + packages.files() + " " + packages.bytes();
      return Stream.concat(Stream.of(first), warnings.stream()).toList();
    }

    /// Whatever cannot be read is not known.
    private static @Nullable Known of(List<String> lines) {
      try {
        String[] fields = lines.isEmpty() ? new String[0] : lines.getFirst().split(" ", -1);
        return fields.length == FIELDS
            ? new Known(
                new Packages(fields[0], Integer.parseInt(fields[1]), Long.parseLong(fields[2])),
                lines.subList(1, lines.size()))
            : null;
      } catch (IllegalArgumentException damaged) {
        return null;
      }
    }
  }

  @Nullable Known find(String fingerprint) throws IOException {
    Path file = folder.resolve(fingerprint);
    try {
      Known known = Known.of(Files.readAllLines(file));
      Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
      return known;
    } catch (NoSuchFileException unknown) {
      return null;
    }
  }

  void remember(String fingerprint, Known known) throws IOException {
    Files.createDirectories(folder);
    Path file = Files.createTempFile(folder, "new", ".tmp");
    Files.write(file, known.lines());
    Files.move(
        file,
        folder.resolve(fingerprint),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /// Forgets what was not asked for that long.
  void clean(Duration unused) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    FileTime before = FileTime.from(Instant.now().minus(unused));
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        if (Files.getLastModifiedTime(file).compareTo(before) < 0) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
