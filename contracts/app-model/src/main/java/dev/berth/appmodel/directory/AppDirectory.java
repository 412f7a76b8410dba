package dev.berth.appmodel.directory;

import dev.berth.appmodel.AppDefinition;
import dev.berth.appmodel.Problem;
import dev.berth.appmodel.bundle.AppBundle;
import dev.berth.appmodel.directory.RootFinder.AppRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads an exported app directory of any layout, from a folder or from memory.
public final class AppDirectory {

  private static final int LEVELS_UP = 8;

  private AppDirectory() {}

  /// What became of a directory.
  public sealed interface Result {}

  /// An app that can be deployed, should its secrets exist.
  ///
  /// @param root the folder with the root file, which may lie above the one that was asked for;
  /// `null` for an app that was read from a bundle
  /// @param secretReferences every place that names a secret
  /// @param expressions every expression; what they say is not checked yet
  /// @param documents every filter and schema; what they say is not checked yet
  public record Loaded(
      AppDefinition definition,
      @Nullable Path root,
      Layout layout,
      List<Problem> warnings,
      List<SecretReference> secretReferences,
      List<LocatedExpression> expressions,
      List<LocatedDocument> documents)
      implements Result {

    public Loaded {
      warnings = List.copyOf(warnings);
      secretReferences = List.copyOf(secretReferences);
      expressions = List.copyOf(expressions);
      documents = List.copyOf(documents);
    }

    /// An error for each place that names a secret which is not among the known ones.
    public List<Problem> missingSecrets(Set<String> known) {
      return secretReferences.stream()
          .filter(reference -> !known.contains(reference.name()))
          .map(
              reference ->
                  Problem.error(
                      reference.file(),
                      reference.pointer(),
                      reference.line(),
                      "there is no secret named \"" + reference.name() + "\""))
          .toList();
    }
  }

  /// A directory that is no app, or an app with errors; the warnings are among the problems.
  public record Rejected(List<Problem> problems) implements Result {

    public Rejected {
      problems = List.copyOf(problems);
    }
  }

  /// Reads the app that a folder is, or lies in.
  ///
  /// Mistakes of the app's author are problems in the result, all of them at once. Nothing
  /// outside the app's root is read.
  ///
  /// @throws java.io.UncheckedIOException when the disk fails
  public static Result read(Path folder) {
    Path start = folder.toAbsolutePath().normalize();
    if (!Files.isDirectory(start)) {
      String found = Files.exists(start) ? "not a folder" : "no such folder";
      return new Rejected(List.of(Problem.error(folder.toString(), "", 0, found + "; " + hint())));
    }
    Problems problems = new Problems();
    RootFinder finder = new RootFinder(problems);
    Path candidate = start;
    for (int level = 0; level <= LEVELS_UP && candidate != null; level++) {
      Path place = withoutLinks(candidate);
      FolderTree tree = new FolderTree(place);
      AppRoot root = finder.find(tree);
      if (root != null) {
        return read(tree, root, finder, problems, place);
      }
      // A folder that has a root file with a problem ends the search.
      if (problems.hasErrors()) {
        return new Rejected(problems.all());
      }
      candidate = candidate.getParent();
    }
    return new Rejected(noApp(folder, finder));
  }

  private static Path withoutLinks(Path folder) {
    try {
      return folder.toRealPath();
    } catch (IOException broken) {
      throw new UncheckedIOException("cannot resolve " + folder, broken);
    }
  }

  /// Reads the app that a bundle is, with the same result as a folder of the same files has.
  public static Result read(AppBundle bundle) {
    Problems problems = new Problems();
    RootFinder finder = new RootFinder(problems);
    BundleTree tree = new BundleTree(bundle);
    AppRoot root = finder.find(tree);
    if (root != null) {
      return read(tree, root, finder, problems, null);
    }
    List<Problem> all = new ArrayList<>(problems.hasErrors() ? problems.all() : noRoot());
    all.addAll(finder.suspicions());
    return new Rejected(all);
  }

  /// What says that a bundle is an app.
  ///
  /// @param rootFile the path of the root file, which is not read yet
  /// @param clientAppId the App ID that the marker file says; `null` when it says none
  public record Root(Layout layout, String rootFile, @Nullable String clientAppId) {}

  /// The root of the app that a bundle is, or `null` when it is none.
  public static @Nullable Root rootOf(AppBundle bundle) {
    AppRoot root = new RootFinder(new Problems()).find(new BundleTree(bundle));
    return root == null ? null : new Root(root.layout(), root.rootFile(), root.clientAppId());
  }

  /// What is to be said of files that are no app.
  public static List<Problem> noRoot() {
    return List.of(Problem.error("app", "", 0, "these files are no app; " + hint()));
  }

  private static Result read(
      AppTree tree, AppRoot root, RootFinder finder, Problems problems, @Nullable Path place) {
    AppFiles files = new AppFiles(tree, problems);
    finder.reportLeftOvers(root, files);
    References references = new References();
    String name = place == null ? "app" : String.valueOf(place.getFileName());
    AppDefinition definition = new AppReader(root, name, files, problems, references).read();
    return problems.hasErrors()
        ? new Rejected(problems.all())
        : new Loaded(
            definition,
            place,
            root.layout(),
            problems.all(),
            references.secrets(),
            references.expressions(),
            references.documents());
  }

  private static List<Problem> noApp(Path folder, RootFinder finder) {
    List<Problem> problems = new ArrayList<>();
    problems.add(
        Problem.error(
            folder.toString(),
            "",
            0,
            "neither the folder nor the " + LEVELS_UP + " above it hold an app; " + hint()));
    problems.addAll(finder.suspicions());
    return problems;
  }

  private static String hint() {
    return "the root of an app holds root_config.json, or .mdb/meta.json, realm_config.json,"
        + " config.json or stitch.json with a config_version";
  }
}
