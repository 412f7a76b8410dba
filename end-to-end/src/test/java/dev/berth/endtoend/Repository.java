package dev.berth.endtoend;

import java.nio.file.Files;
import java.nio.file.Path;

/// Where the files of the repository are, whatever folder the tests run in.
final class Repository {

  private Repository() {}

  static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("examples/quickstart"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new AssertionError("the tests do not run inside the repository");
      }
    }
    return folder;
  }

  static Path quickstart() {
    return root().resolve("examples/quickstart");
  }
}
