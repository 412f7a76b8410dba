package dev.berth.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The folder of an app: as a word, or with the original's `--local`.
final class FolderOptions {

  @Parameters(paramLabel = "DIR", arity = "0..1", description = "the app's folder")
  private @Nullable Path folder;

  @Option(names = "--local", paramLabel = "DIR", description = "the same")
  private @Nullable Path local;

  /// The folder that was named; `null` for none.
  @Nullable Path named() {
    if (folder != null && local != null) {
      throw new CommandFailure("there are two folders: " + folder + " and " + local);
    }
    return folder == null ? local : folder;
  }

  Path orHere() {
    Path named = named();
    return named == null ? Path.of(".") : named;
  }
}
