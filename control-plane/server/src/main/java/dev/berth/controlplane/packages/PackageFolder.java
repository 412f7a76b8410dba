package dev.berth.controlplane.packages;

import dev.berth.appmodel.packages.PackageWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// Packages in a folder `node_modules`. No link in it is followed.
///
/// @param file as messages name it
/// @param folder the folder itself
record PackageFolder(String file, Path folder, PackageLimits limits) implements PackageSource {

  private record Found(PackagePath path, Path file, BasicFileAttributes attributes) {}

  /// Whoever changes a file changes its time or its size.
  @Override
  public String fingerprint() throws IOException {
    Fingerprint fingerprint = new Fingerprint("folder");
    for (Found found : files()) {
      fingerprint.add(found.path.path());
      fingerprint.add(found.attributes.size());
      fingerprint.add(found.attributes.lastModifiedTime().toString());
      fingerprint.add(found.attributes.isRegularFile() ? 1 : 0);
    }
    return fingerprint.sum();
  }

  @Override
  public List<String> gather(PackageWriter to) throws IOException {
    Gathering gathering = new Gathering(to, limits);
    for (Found found : files()) {
      if (!found.attributes.isRegularFile()) {
        gathering.leaveOutLink(found.path);
      } else if (gathering.wants(found.path)) {
        // A file that became a link meanwhile is not followed either.
        try (InputStream content = Files.newInputStream(found.file, LinkOption.NOFOLLOW_LINKS)) {
          gathering.take(found.path, content);
        }
      }
    }
    return gathering.warnings();
  }

  /// Everything in packages that is no folder, sorted.
  private List<Found> files() throws IOException {
    List<Found> files = new ArrayList<>();
    Files.walkFileTree(folder, new Walk(files));
    files.sort(Comparator.comparing(found -> found.path.path()));
    return files;
  }

  private final class Walk extends SimpleFileVisitor<Path> {

    private final List<Found> files;
    private int entries;

    private Walk(List<Found> files) {
      this.files = files;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes)
        throws IOException {
      return place(path).place() == PackagePath.Place.HIDDEN
          ? FileVisitResult.SKIP_SUBTREE
          : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
      PackagePath place = place(path);
      if (place.isInside()) {
        files.add(new Found(place, path, attributes));
      }
      return FileVisitResult.CONTINUE;
    }

    private PackagePath place(Path path) throws IOException {
      if (++entries > limits.entries()) {
        throw Gathering.tooManyEntries(limits);
      }
      return PackagePath.of(
          StreamSupport.stream(folder.relativize(path).spliterator(), false)
              .map(Path::toString)
              .collect(Collectors.joining("/", "node_modules/", "")));
    }
  }
}
