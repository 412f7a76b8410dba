package dev.berth.jsruntime;

import dev.berth.jsruntime.packages.PackageFiles;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Packages that a test writes down.
///
/// @param texts by path
record PackagesInMemory(Map<String, String> texts) implements PackageFiles {

  @Override
  public @Nullable String text(String path) {
    return texts.get(path);
  }

  @Override
  public boolean isFile(String path) {
    return texts.containsKey(path);
  }
}
