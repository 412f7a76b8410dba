package dev.berth.cli;

import dev.berth.appmodel.Problem;
import dev.berth.appmodel.bundle.AppBundle;
import dev.berth.appmodel.bundle.BundleArchive;
import dev.berth.appmodel.json.Json.Fields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Writes the files of an app into a folder.
@Command(
    name = "pull",
    description = {
      "Write the files of an app into a folder: without one into the current one when it is",
      "the app's, else into a new one of its name."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class PullCommand implements Callable<Integer> {

  @Mixin private ConnectionOptions connection = new ConnectionOptions();
  @Mixin private AppOptions apps = new AppOptions();

  @Mixin private FolderOptions folder = new FolderOptions();
  @Mixin private ImportParts parts = new ImportParts();

  @Option(
      names = {"-x", "--dry-run"},
      description = "only say what would be written")
  private boolean dryRun;

  @Option(
      names = "--config-version",
      paramLabel = "VERSION",
      defaultValue = "20210101",
      description = "20180301, 20200603, 20210101 or 20230101 (${DEFAULT-VALUE})")
  private String version = "20210101";

  @Option(names = "--force", description = "write into a folder that is not empty")
  private boolean force;

  @Override
  public Integer call() {
    parts.warn();
    return connection.with(
        api -> {
          AppOptions.App app = apps.find(api, folder.orHere());
          Path target = target(app);
          requireRoom(target);
          AdminApi.Answer archive =
              api.download(
                  app.path() + "/export?source_control=true&version=" + AdminApi.encoded(version));
          AppBundle bundle = bundle(archive.body());
          int files = dryRun ? bundle.size() : write(bundle, target);
          connection.print(
              app.clientAppId()
                  + ": "
                  + files
                  + (dryRun ? " files for " : " files are in ")
                  + target,
              Fields.none().with("app_id", app.clientAppId()).with("folder", target.toString()));
          return 0;
        });
  }

  private Path target(AppOptions.App app) {
    Path named = folder.named();
    if (named != null) {
      return named;
    }
    String declared = AppOptions.declaredIn(Path.of("."));
    return app.clientAppId().equals(declared) ? Path.of(".") : Path.of(app.name());
  }

  private void requireRoom(Path target) {
    boolean isItsOwn = AppOptions.declaredIn(target) != null;
    if (!force && !isItsOwn && Files.exists(target) && !isEmpty(target)) {
      throw new CommandFailure(
          target
              + " is not empty and no app with an App ID; write there all the same with --force");
    }
  }

  private static boolean isEmpty(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    } catch (IOException broken) {
      throw new CommandFailure(folder + " is no folder that can be read");
    }
  }

  static AppBundle bundle(byte[] archive) {
    return switch (BundleArchive.unzip(archive)) {
      case AppBundle.Taken(var bundle) -> bundle;
      case AppBundle.Refused(var problems) ->
          throw new CommandFailure(
              problems.stream()
                  .map(Problem::toString)
                  .collect(Collectors.joining("; ", "what came is no app: ", "")));
    };
  }

  static int write(AppBundle bundle, Path target) {
    try {
      for (String path : bundle.paths()) {
        Path file = target.resolve(path);
        byte[] content = bundle.content(path);
        if (content != null) {
          Files.createDirectories(file.toAbsolutePath().getParent());
          Files.write(file, content);
        }
      }
      return bundle.size();
    } catch (IOException broken) {
      throw new CommandFailure("the files cannot be written: " + broken);
    }
  }
}
