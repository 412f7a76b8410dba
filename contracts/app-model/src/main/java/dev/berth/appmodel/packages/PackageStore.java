package dev.berth.appmodel.packages;

import dev.berth.appmodel.Packages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.stream.Stream;

/// The packages of all apps in one folder, each digest once: `<digest>.zip`.
///
/// An entry is never changed once it is there, so any number of processes may read while others
/// add. The folder is made with the first entry. Safe from any thread.
public final class PackageStore {

  private static final String ENDING = ".zip";

  private final Path folder;
  private final InstantSource clock;

  private PackageStore(Path folder, InstantSource clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /// The store in a folder.
  ///
  /// @param folder need not exist
  public static PackageStore in(Path folder) {
    return in(folder, InstantSource.system());
  }

  /// @param clock what says how long an entry was not used
  static PackageStore in(Path folder, InstantSource clock) {
    return new PackageStore(folder.toAbsolutePath().normalize(), clock);
  }

  /// Where the entries are; absolute.
  public Path folder() {
    return folder;
  }

  /// Begins an entry; close it, whether it was kept or not.
  public PackageWriter write() throws IOException {
    Files.createDirectories(folder);
    return new PackageWriter(Files.createTempFile(folder, "new", ".tmp"), this::file);
  }

  /// Whether the entry is there; if it is, it counts as used now. No packages always are.
  public boolean use(Packages packages) throws IOException {
    if (packages.areNone()) {
      return true;
    }
    try {
      Files.setLastModifiedTime(file(packages.digest()), FileTime.from(clock.instant()));
      return true;
    } catch (NoSuchFileException notThere) {
      return false;
    }
  }

  /// The files of an entry. Reads nothing yet.
  public StoredPackages open(Packages packages) {
    return new StoredPackages(file(packages.digest()));
  }

  /// Removes the entries that nobody needs, and what is left of writers that did not finish.
  ///
  /// @param needed digests that stay in any case
  /// @param unused how long an entry must not have been used, because other processes may share
  /// the folder
  public void clean(Set<String> needed, Duration unused) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    FileTime before = FileTime.from(clock.instant().minus(unused));
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path entry : entries.filter(Files::isRegularFile).toList()) {
        String name = entry.getFileName().toString();
        boolean isNeeded =
            name.endsWith(ENDING)
                && needed.contains(name.substring(0, name.length() - ENDING.length()));
        if (!isNeeded && Files.getLastModifiedTime(entry).compareTo(before) < 0) {
          Files.deleteIfExists(entry);
        }
      }
    }
  }

  private Path file(String digest) {
    return folder.resolve(digest + ENDING);
  }
}
