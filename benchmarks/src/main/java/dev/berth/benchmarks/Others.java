package dev.berth.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The servers of others, which npm fetches into `others/node_modules` before they are measured
/// for the first time. Their versions are those of `others/package-lock.json`.
///
/// @param folder `others`
/// @param absent why none of them can be measured here; `null` when they can
record Others(Path folder, @Nullable String absent) {

  /// Fetches them unless they are there. Runs no script of theirs.
  static Others fetch(Run run) throws InterruptedException {
    Path folder = run.folder().resolve("others");
    return new Others(folder, areThere(folder) ? null : install(folder));
  }

  private static boolean areThere(Path folder) {
    // npm writes this file last.
    Path installed = folder.resolve("node_modules/.package-lock.json");
    try {
      return Files.getLastModifiedTime(installed)
              .compareTo(Files.getLastModifiedTime(folder.resolve("package-lock.json")))
          >= 0;
    } catch (IOException _) {
      return false;
    }
  }

  private static @Nullable String install(Path folder) throws InterruptedException {
    System.err.println("npm fetches Fastify and workerd ...");
    try {
      Process npm =
          // Not `npm ci`, which wants to know the binaries of workerd for all systems.
          new ProcessBuilder(
                  "npm", "install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund")
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .start();
      String said = new String(npm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (npm.waitFor() == 0) {
        return null;
      }
      System.err.println(said);
      return "npm could not fetch it";
    } catch (IOException _) {
      return "no `npm` on the PATH";
    }
  }

  /// One of them, by the script that starts it.
  Target target(String name, String script) {
    return absent != null
        ? new Target.Absent(name, absent)
        : new Target.Program(name, List.of("node", folder.resolve(script).toString()));
  }
}
