package dev.berth.appmodel.directory;

import dev.berth.appmodel.json.JsonNode;
import dev.berth.appmodel.json.LocatedJson;
import dev.berth.appmodel.json.Place;
import dev.berth.ejson.EjsonParseException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The files of one app as texts and JSON, by path relative to its root. What is wrong with a
/// file becomes a problem.
record AppFiles(AppTree tree, Problems problems) {

  /// Far above any real configuration or source file; keeps a huge one out of memory.
  static final int LARGEST_FILE = 16 << 20;

  private static final int DEEPEST_FOLDER = 32;

  /// Whether there is something of that name; it may still turn out not to be readable.
  boolean exists(String path) {
    return tree.exists(path);
  }

  /// The names of the folders in a folder, sorted, without `node_modules` and hidden ones.
  List<String> folders(String folder) {
    return tree.folders(folder, problems).stream()
        .filter(name -> !name.equals("node_modules") && !name.startsWith("."))
        .toList();
  }

  /// The paths of the JSON files in a folder, sorted.
  List<String> jsonFiles(String folder) {
    return tree.files(folder, problems).stream()
        .filter(name -> name.endsWith(".json"))
        .map(name -> folder + "/" + name)
        .toList();
  }

  /// The paths of all files of a name's ending in a folder and the folders in it, sorted.
  List<String> filesBelow(String folder, String ending) {
    List<String> found = new ArrayList<>();
    collectBelow(folder, ending, DEEPEST_FOLDER, found);
    return found;
  }

  private void collectBelow(String folder, String ending, int levels, List<String> found) {
    for (String name : tree.files(folder, problems)) {
      if (name.endsWith(ending)) {
        found.add(folder + "/" + name);
      }
    }
    for (String name : folders(folder)) {
      if (levels > 0 && !tree.isLink(folder + "/" + name)) {
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
    byte[] bytes = tree.bytes(file, LARGEST_FILE, problems);
    if (bytes != null && bytes.length > LARGEST_FILE) {
      problems.error(Place.of(file), "the file is larger than " + (LARGEST_FILE >> 20) + " MB");
      return null;
    }
    return bytes == null ? null : decode(file, bytes);
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
}
