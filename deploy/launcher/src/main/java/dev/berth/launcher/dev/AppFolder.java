package dev.berth.launcher.dev;

import dev.berth.launcher.console.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A folder with an app in it.
///
/// @param shown as the developer wrote it; for messages
/// @param path canonical and absolute; what the app's made App ID is kept by
record AppFolder(Path shown, Path path) {

  /// The folders, each once and all there.
  static List<AppFolder> all(List<Path> given) throws StartFailure {
    List<AppFolder> folders = new ArrayList<>();
    for (Path shown : given) {
      AppFolder folder = of(shown);
      for (AppFolder other : folders) {
        if (other.path.equals(folder.path)) {
          throw new StartFailure(
              "%s and %s are the same folder".formatted(other.shown, folder.shown));
        }
      }
      folders.add(folder);
    }
    return folders;
  }

  private static AppFolder of(Path shown) throws StartFailure {
    if (!Files.exists(shown)) {
      throw new StartFailure("there is no folder " + shown);
    }
    if (!Files.isDirectory(shown)) {
      throw new StartFailure(shown + " is a file; name the folder of the app");
    }
    try {
      return new AppFolder(shown, shown.toRealPath());
    } catch (IOException e) {
      throw new StartFailure("cannot read the folder %s: %s".formatted(shown, e.getMessage()));
    }
  }
}
