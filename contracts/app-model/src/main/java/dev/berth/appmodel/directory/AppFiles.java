package dev.berth.appmodel.directory;

import dev.berth.appmodel.json.JsonNode;
import dev.berth.appmodel.json.LocatedJson;
import dev.berth.appmodel.json.Place;
import dev.berth.ejson.EjsonParseException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The files of one app, by path relative to its root. Nothing outside the root is ever read, by
/// whatever path or link.
final class AppFiles {

  /// Far above any real configuration or source file; keeps a huge one out of memory.
  static final int LARGEST_FILE = 16 << 20;

  private static final int DEEPEST_FOLDER = 32;

  private final Path root;
  private final Problems problems;

  /// @param root an existing folder, without links in its path
  AppFiles(Path root, Problems problems) {
    this.root = root;
    this.problems = problems;
  }

  /// Whether there is something of that name; it may still turn out not to be readable.
  boolean exists(String path) {
    try {
      Path resolved = root.resolve(path).normalize();
      return resolved.startsWith(root) && Files.exists(resolved, LinkOption.NOFOLLOW_LINKS);
    } catch (InvalidPathException notAPath) {
      return false;
    }
  }

  /// The names of the folders in a folder, sorted, without `node_modules` and hidden ones.
  List<String> folders(String folder) {
    return list(folder, Files::isDirectory).stream()
        .filter(name -> !name.equals("node_modules") && !name.startsWith("."))
        .toList();
  }

  /// The paths of the JSON files in a folder, sorted.
  List<String> jsonFiles(String folder) {
    return list(folder, Files::isRegularFile).stream()
        .filter(name -> name.endsWith(".json"))
        .map(name -> folder + "/" + name)
        .toList();
  }

  private List<String> list(String folder, Predicate<Path> kind) {
    Path resolved = inside(folder);
    if (resolved == null || !Files.isDirectory(resolved)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(resolved)) {
      return entries
          .filter(entry -> inside(folder + "/" + entry.getFileName()) != null && kind.test(entry))
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

  /// The paths of all files of a name's ending in a folder and the folders in it, sorted.
  List<String> filesBelow(String folder, String ending) {
    List<String> found = new ArrayList<>();
    collectBelow(folder, ending, DEEPEST_FOLDER, found);
    return found;
  }

  private void collectBelow(String folder, String ending, int levels, List<String> found) {
    for (String name : list(folder, Files::isRegularFile)) {
      if (name.endsWith(ending)) {
        found.add(folder + "/" + name);
      }
    }
    for (String name : folders(folder)) {
      if (levels > 0 && !Files.isSymbolicLink(root.resolve(folder).resolve(name))) {
        collectBelow(folder + "/" + name, ending, levels - 1, found);
      }
    }
  }

  /// The JSON in a file; `null` when there is no file, or there is a problem with it.
  @Nullable JsonNode json(String file) {
    String text = text(file);
    if (text == null) {
      return null;
    }
    try {
      return LocatedJson.parse(file, text);
    } catch (EjsonParseException malformed) {
      problems.error(
          Place.of(file).onLine(malformed.line()),
          "malformed JSON at column " + malformed.column() + ": " + malformed.getMessage());
      return null;
    }
  }

  /// The text of a file; `null` when there is no file, or there is a problem with it.
  @Nullable String text(String file) {
    Path resolved = inside(file);
    if (resolved == null) {
      return null;
    }
    if (!Files.isRegularFile(resolved)) {
      problems.error(Place.of(file), "expected a file, found a folder or something else");
      return null;
    }
    byte[] bytes = bytes(file, resolved);
    return bytes == null ? null : decode(file, bytes);
  }

  private byte @Nullable [] bytes(String file, Path resolved) {
    try (InputStream content = Files.newInputStream(resolved)) {
      byte[] bytes = content.readNBytes(LARGEST_FILE + 1);
      if (bytes.length > LARGEST_FILE) {
        problems.error(Place.of(file), "the file is larger than " + (LARGEST_FILE >> 20) + " MB");
        return null;
      }
      return bytes;
    } catch (AccessDeniedException denied) {
      problems.error(Place.of(file), "the file may not be read: permission denied");
      return null;
    } catch (IOException broken) {
      throw new UncheckedIOException("cannot read " + resolved, broken);
    }
  }

  private @Nullable String decode(String file, byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException malformed) {
      problems.error(Place.of(file), "the file is not valid UTF-8");
      return null;
    }
  }

  /// Where a path leads; `null` when nothing is there, or it leads out of the root.
  private @Nullable Path inside(String path) {
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
