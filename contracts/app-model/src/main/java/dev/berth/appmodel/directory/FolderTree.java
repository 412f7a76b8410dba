package dev.berth.appmodel.directory;

import dev.berth.appmodel.json.Place;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The files of an app in a folder. Links are followed inside it.
///
/// @param root an existing folder, without links in its path
record FolderTree(Path root) implements AppTree {

  @Override
  public boolean exists(String path) {
    try {
      Path resolved = root.resolve(path).normalize();
      return resolved.startsWith(root) && Files.exists(resolved, LinkOption.NOFOLLOW_LINKS);
    } catch (InvalidPathException notAPath) {
      return false;
    }
  }

  @Override
  public List<String> files(String folder, Problems problems) {
    return list(folder, Files::isRegularFile, problems);
  }

  @Override
  public List<String> folders(String folder, Problems problems) {
    return list(folder, Files::isDirectory, problems);
  }

  @Override
  public boolean isLink(String path) {
    return Files.isSymbolicLink(root.resolve(path));
  }

  private List<String> list(String folder, Predicate<Path> kind, Problems problems) {
    Path resolved = inside(folder, problems);
    if (resolved == null || !Files.isDirectory(resolved)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(resolved)) {
      return entries
          .filter(
              entry ->
                  inside(folder + "/" + entry.getFileName(), problems) != null && kind.test(entry))
          .map(entry -> entry.getFileName().toString())
          .sorted()
          .toList();
    } catch (AccessDeniedException denied) {
      problems.error(Place.of(folder), "the folder may not be read: permission denied");
      return List.of();
    } catch (IOException broken) {
      throw new UncheckedIOException("cannot list " + resolved, broken);
    }
  }

  @Override
  public byte @Nullable [] bytes(String file, int limit, Problems problems) {
    Path resolved = inside(file, problems);
    if (resolved == null) {
      return null;
    }
    if (!Files.isRegularFile(resolved)) {
      problems.error(Place.of(file), "expected a file, found a folder or something else");
      return null;
    }
    try (InputStream content = Files.newInputStream(resolved)) {
      return content.readNBytes(limit + 1);
    } catch (AccessDeniedException denied) {
      problems.error(Place.of(file), "the file may not be read: permission denied");
      return null;
    } catch (IOException broken) {
      throw new UncheckedIOException("cannot read " + resolved, broken);
    }
  }

  /// Where a path leads; `null` when nothing is there, or it leads out of the root.
  private @Nullable Path inside(String path, Problems problems) {
    try {
      Path resolved = root.resolve(path).normalize();
      if (!resolved.startsWith(root)) {
        problems.error(Place.of(path), "the path leads out of the app folder; it is not read");
        return null;
      }
      if (!Files.exists(resolved, LinkOption.NOFOLLOW_LINKS)) {
        return null;
      }
      Path real = resolved.toRealPath();
      if (!real.startsWith(root)) {
        problems.error(Place.of(path), "the link leads out of the app folder; it is not followed");
        return null;
      }
      return real;
    } catch (InvalidPathException notAPath) {
      problems.error(Place.of(path), "not a path: " + notAPath.getReason());
      return null;
    } catch (AccessDeniedException denied) {
      problems.error(Place.of(path), "may not be read: permission denied");
      return null;
    } catch (IOException broken) {
      problems.error(Place.of(path), "the link leads nowhere");
      return null;
    }
  }
}
