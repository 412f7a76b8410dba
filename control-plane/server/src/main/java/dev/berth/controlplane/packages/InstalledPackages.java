package dev.berth.controlplane.packages;

import dev.berth.appmodel.Problem;
import dev.berth.appmodel.packages.PackageWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Packages that npm installs from a registry: in a folder of its own, where nothing lies but
/// copies of `package.json` and its lock file.
///
/// @param file as messages name it
/// @param manifest the text of the `package.json`, which was checked
/// @param lock the text of its lock file, which was checked; `null` for none
/// @param installing is told before npm starts
record InstalledPackages(
    String file,
    String manifest,
    @Nullable String lock,
    Npm npm,
    PackageLimits limits,
    WebOrigins origins,
    Runnable installing)
    implements PackageSource {

  private static final String MODULES = "node_modules";

  /// The same text is not installed again, although a registry may have newer versions meanwhile.
  @Override
  public String fingerprint() {
    Fingerprint fingerprint = new Fingerprint("npm");
    fingerprint.add(manifest);
    fingerprint.add(lock == null ? "" : lock);
    return fingerprint.sum();
  }

  @Override
  public List<String> gather(PackageWriter to) throws IOException {
    try (TemporaryFolder temporary = TemporaryFolder.of("berth-npm")) {
      Path place = temporary.path();
      Path folder = Files.createDirectory(place.resolve("app"));
      Files.writeString(folder.resolve("package.json"), manifest);
      if (lock != null) {
        Files.writeString(folder.resolve("package-lock.json"), lock);
      }
      installing.run();
      npm.install(folder, lock != null, place.resolve("npm.log"));
      Path modules = folder.resolve(MODULES);
      if (!Files.isDirectory(modules)) {
        return List.of();
      }
      checkOrigins(modules.resolve(".package-lock.json"));
      return new PackageFolder(file, modules, limits).gather(to);
    }
  }

  /// What packages ask for themselves was not seen before.
  private void checkOrigins(Path installed) throws IOException {
    if (Files.exists(installed)) {
      List<Problem> problems = LockFile.problems("", Files.readString(installed), origins);
      if (!problems.isEmpty()) {
        throw new RefusedPackagesException(problems.getFirst().message());
      }
    }
  }
}
