package dev.berth.controlplane.packages;

import dev.berth.appmodel.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Finds where the packages of an app come from: the folder `functions/node_modules`, or else an
/// archive of it, or else `functions/package.json`.
///
/// @param installing gets the root of an app before npm starts for it
/// @param reachable which addresses packages may come from
record PackageSources(
    Npm npm, PackageLimits limits, Consumer<Path> installing, Predicate<InetAddress> reachable) {

  private static final String FUNCTIONS = "functions";
  private static final String MODULES = "node_modules";
  private static final String MANIFEST = "package.json";
  private static final String LOCK = "package-lock.json";

  private static final int LARGEST_TEXT = 16 << 20;

  /// The one that counts; `null` when the app brings none, or after an error.
  ///
  /// @param root of the app, without links in its path
  @Nullable PackageSource find(Path root, List<Problem> problems) throws IOException {
    Path functions = root.resolve(FUNCTIONS);
    // Whoever reads the functions says what is wrong with a folder that lies elsewhere.
    if (!Files.isDirectory(functions) || !functions.toRealPath().startsWith(root)) {
      return null;
    }
    if (exists(functions.resolve(MODULES))) {
      return folder(functions.resolve(MODULES));
    }
    List<String> archives =
        PackageArchive.NAMES.stream().filter(name -> exists(functions.resolve(name))).toList();
    if (!archives.isEmpty()) {
      for (String other : archives.subList(1, archives.size())) {
        warn(problems, other, "the archive is not used: " + archives.getFirst() + " is");
      }
      return archive(functions.resolve(archives.getFirst()));
    }
    if (exists(functions.resolve(MANIFEST))) {
      return manifest(root, functions, problems);
    }
    if (exists(functions.resolve(LOCK))) {
      warn(problems, LOCK, "no packages are installed: there is no package.json beside it");
    }
    return null;
  }

  private PackageSource folder(Path folder) throws RefusedPackagesException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      throw new RefusedPackagesException(
          MODULES + " is a link or a file; the folder itself is needed");
    }
    return new PackageFolder(named(MODULES), folder, limits);
  }

  private PackageSource archive(Path archive) throws RefusedPackagesException {
    String name = archive.getFileName().toString();
    requireFile(archive);
    return new PackageArchive(named(name), archive, limits);
  }

  private @Nullable PackageSource manifest(Path root, Path functions, List<Problem> problems)
      throws IOException {
    String text = text(functions.resolve(MANIFEST));
    WebOrigins origins = new WebOrigins(reachable);
    PackageManifest manifest = PackageManifest.read(named(MANIFEST), text, origins);
    problems.addAll(manifest.problems());
    if (!manifest.problems().isEmpty() || !manifest.asksForPackages()) {
      return null;
    }
    String lock = exists(functions.resolve(LOCK)) ? text(functions.resolve(LOCK)) : null;
    List<Problem> ofLock = lock == null ? List.of() : LockFile.problems(named(LOCK), lock, origins);
    problems.addAll(ofLock);
    return ofLock.isEmpty()
        ? new InstalledPackages(
            named(MANIFEST), text, lock, npm, limits, origins, () -> installing.accept(root))
        : null;
  }

  private static String text(Path file) throws IOException {
    requireFile(file);
    String name = file.getFileName().toString();
    try (InputStream content = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      byte[] bytes = content.readNBytes(LARGEST_TEXT + 1);
      if (bytes.length > LARGEST_TEXT) {
        throw new RefusedPackagesException(
            name + " is larger than " + PackageLimits.megabytes(LARGEST_TEXT));
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException malformed) {
      throw new RefusedPackagesException(name + " is not valid UTF-8");
    }
  }

  private static void requireFile(Path file) throws RefusedPackagesException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new RefusedPackagesException(
          file.getFileName() + " is a link or a folder; the file itself is needed");
    }
  }

  private static boolean exists(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  private static void warn(List<Problem> problems, String name, String message) {
    problems.add(Problem.warning(named(name), "", 0, message));
  }

  private static String named(String name) {
    return FUNCTIONS + "/" + name;
  }
}
