package dev.berth.appmodel.directory;

import dev.berth.appmodel.bundle.AppBundle;
import dev.berth.appmodel.json.Place;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The files of an app in memory, found by the same paths as in a folder.
record BundleTree(AppBundle bundle) implements AppTree {

  @Override
  public boolean exists(String path) {
    String inside = normal(path);
    return inside != null && (bundle.has(inside) || isFolder(inside));
  }

  private boolean isFolder(String path) {
    return path.isEmpty() || !bundle.pathsBelow(path).isEmpty();
  }

  @Override
  public List<String> files(String folder, Problems problems) {
    return names(folder, false, problems);
  }

  @Override
  public List<String> folders(String folder, Problems problems) {
    return names(folder, true, problems);
  }

  private List<String> names(String folder, boolean folders, Problems problems) {
    String inside = inside(folder, problems);
    if (inside == null) {
      return List.of();
    }
    int start = inside.isEmpty() ? 0 : inside.length() + 1;
    SortedSet<String> names = new TreeSet<>();
    for (String path : inside.isEmpty() ? bundle.paths() : bundle.pathsBelow(inside)) {
      int slash = path.indexOf('/', start);
      if (folders == slash >= 0) {
        names.add(slash < 0 ? path.substring(start) : path.substring(start, slash));
      }
    }
    return List.copyOf(names);
  }

  @Override
  public boolean isLink(String path) {
    return false;
  }

  @Override
  public byte @Nullable [] bytes(String file, int limit, Problems problems) {
    String inside = inside(file, problems);
    if (inside == null) {
      return null;
    }
    byte[] content = bundle.content(inside);
    if (content == null && isFolder(inside)) {
      problems.error(Place.of(file), "expected a file, found a folder or something else");
    }
    return content;
  }

  private static @Nullable String inside(String path, Problems problems) {
    String inside = normal(path);
    if (inside == null) {
      problems.error(Place.of(path), "the path leads out of the app folder; it is not read");
    }
    return inside;
  }

  /// The path without `.` and `..`; `null` when it leads out of the root.
  private static @Nullable String normal(String path) {
    if (path.startsWith("/")) {
      return null;
    }
    Deque<String> parts = new ArrayDeque<>();
    for (String part : path.split("/", -1)) {
      if (part.equals("..")) {
        if (parts.pollLast() == null) {
          return null;
        }
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    return String.join("/", parts);
  }
}
