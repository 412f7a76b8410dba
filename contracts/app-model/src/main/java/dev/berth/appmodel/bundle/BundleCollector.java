package dev.berth.appmodel.bundle;

import dev.berth.appmodel.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Files on their way into a bundle, from wherever they come. What cannot be taken becomes a
/// problem that names it. For one thread.
public final class BundleCollector {

  private static final int MOST_PROBLEMS = 100;

  private final NavigableMap<String, byte[]> files = new TreeMap<>();

  /// Paths of files and of the folders above them, as systems see them that ignore letter case.
  private final Map<String, String> filesIgnoringCase = new HashMap<>();

  private final Map<String, String> foldersIgnoringCase = new HashMap<>();
  private final List<Problem> problems = new ArrayList<>();
  private long bytes;

  /// Takes a file.
  ///
  /// @param path relative, with `/`; whatever a stranger wrote
  public void add(String path, byte[] content) {
    String fault = BundlePath.fault(path);
    if (fault == null) {
      fault = fault(path, content);
    }
    if (fault != null) {
      error(path, fault);
      return;
    }
    files.put(path, content.clone());
    bytes += content.length;
    filesIgnoringCase.put(fold(path), path);
    for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
      foldersIgnoringCase.putIfAbsent(fold(path.substring(0, slash)), path);
    }
  }

  private @Nullable String fault(String path, byte[] content) {
    if (content.length > BundleLimits.FILE_BYTES) {
      return "the file is larger than " + (BundleLimits.FILE_BYTES >> 20) + " MB";
    }
    if (files.size() == BundleLimits.FILES) {
      return "there are more than " + BundleLimits.FILES + " files";
    }
    if (bytes + content.length > BundleLimits.BYTES) {
      return "all files together are larger than " + (BundleLimits.BYTES >> 20) + " MB";
    }
    String twin = filesIgnoringCase.get(fold(path));
    if (twin != null) {
      return twin.equals(path)
          ? "the file is there twice"
          : "the path differs from " + twin + " in nothing but letter case";
    }
    return isFileAndFolder(path) ? "one path is both a file and a folder" : null;
  }

  private boolean isFileAndFolder(String path) {
    if (foldersIgnoringCase.containsKey(fold(path))) {
      return true;
    }
    for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
      if (filesIgnoringCase.containsKey(fold(path.substring(0, slash)))) {
        return true;
      }
    }
    return false;
  }

  private static String fold(String path) {
    return path.toLowerCase(Locale.ROOT);
  }

  /// Notes that something could not be taken. Past a hundred problems nobody reads on.
  ///
  /// @param path whatever a stranger wrote
  public void error(String path, String message) {
    if (problems.size() < MOST_PROBLEMS) {
      problems.add(Problem.error(BundlePath.printable(path), "", 0, message));
    }
  }

  /// Whether there was any problem so far.
  public boolean hasProblems() {
    return !problems.isEmpty();
  }

  /// The bundle, when everything could be taken.
  public AppBundle.Result finish() {
    return problems.isEmpty()
        ? new AppBundle.Taken(new AppBundle(new TreeMap<>(files)))
        : new AppBundle.Refused(problems);
  }
}
