package dev.berth.controlplane.app;

import dev.berth.appmodel.bundle.AppBundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/// The files of a bundle in a folder of their own, as long as somebody reads them.
final class UnpackedBundle implements AutoCloseable {

  private final Path folder;

  private UnpackedBundle(Path folder) {
    this.folder = folder;
  }

  static UnpackedBundle of(AppBundle bundle) {
    try {
      UnpackedBundle unpacked =
          new UnpackedBundle(Files.createTempDirectory("berth-app").toRealPath());
      try {
        unpacked.write(bundle);
        return unpacked;
      } catch (IOException | RuntimeException failure) {
        unpacked.close();
        throw failure;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the files of an app cannot be written to be checked", e);
    }
  }

  private void write(AppBundle bundle) throws IOException {
    for (String path : bundle.paths()) {
      Path file = folder.resolve(path);
      Files.createDirectories(file.getParent());
      Files.write(file, BundleStore.content(bundle, path));
    }
  }

  Path folder() {
    return folder;
  }

  @Override
  public void close() {
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path emptied, @Nullable IOException failure)
                throws IOException {
              Files.delete(emptied);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException("the files of an app cannot be removed again", e);
    }
  }
}
