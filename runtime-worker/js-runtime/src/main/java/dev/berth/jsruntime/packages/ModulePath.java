package dev.berth.jsruntime.packages;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// Paths inside `node_modules`. What app code asks for never leaves that folder: a path that
/// would
/// is no path.
final class ModulePath {

  /// Longer ones are no file of any package.
  private static final int MOST_CHARACTERS = 1_000;

  private ModulePath() {}

  /// The path of `relative` as seen from a folder, or `null` when there is none such.
  ///
  /// @param folder normalised, empty for `node_modules` itself
  static @Nullable String resolve(String folder, String relative) {
    if (folder.length() + relative.length() > MOST_CHARACTERS || !isClean(relative)) {
      return null;
    }
    Deque<String> segments = new ArrayDeque<>();
    for (String segment : (folder + "/" + relative).split("/", -1)) {
      if (segment.equals("..")) {
        if (segments.pollLast() == null) {
          return null;
        }
      } else if (!segment.isEmpty() && !segment.equals(".")) {
        segments.addLast(segment);
      }
    }
    return String.join("/", segments);
  }

  /// No character that means something else to another file system.
  static boolean isClean(String path) {
    return path.chars().noneMatch(unit -> unit < 0x20 || unit == '\\' || unit == 0x7f);
  }

  /// The folder that holds a file or folder; empty at the top.
  static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  static String child(String folder, String name) {
    return folder.isEmpty() ? name : folder + "/" + name;
  }
}
