package dev.berth.jsruntime;

import dev.berth.jsruntime.packages.PackageFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Packages as npm installed them, for tests alone: it follows links.
///
/// @param folder the folder `node_modules`
record FolderOfPackages(Path folder) implements PackageFiles {

  @Override
  public @Nullable String text(String path) {
    if (!isFile(path)) {
      return null;
    }
    try {
      return new String(Files.readAllBytes(folder.resolve(path)), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean isFile(String path) {
    return Files.isRegularFile(folder.resolve(path));
  }
}
