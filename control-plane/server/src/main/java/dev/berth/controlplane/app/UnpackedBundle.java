package dev.berth.controlplane.app;

import dev.berth.appmodel.bundle.AppBundle;
import dev.berth.controlplane.packages.TemporaryFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The files of a bundle in a folder of their own, as long as somebody reads them.
final class UnpackedBundle implements AutoCloseable {

  private final TemporaryFolder temporary;

  /// Without any link in its path.
  private final Path folder;

  private UnpackedBundle(TemporaryFolder temporary) throws IOException {
    this.temporary = temporary;
    this.folder = temporary.path().toRealPath();
  }

  static UnpackedBundle of(AppBundle bundle) {
    try {
      UnpackedBundle unpacked = new UnpackedBundle(TemporaryFolder.of("berth-app"));
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
      temporary.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the files of an app cannot be removed again", e);
    }
  }
}
