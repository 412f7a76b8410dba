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
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Writes the files of an app into a folder.
@Command(
    name = "pull",
    description = "Write the files of an app into a folder.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class PullCommand implements Callable<Integer> {

  @Mixin private ConnectionOptions connection = new ConnectionOptions();
  @Mixin private AppOptions apps = new AppOptions();

  @Parameters(
      paramLabel = "DIR",
      arity = "0..1",
      description = "where to write; without it the folder of the app, or a new one of its name")
  private @Nullable Path folder;

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
    Path here = folder == null ? Path.of(".") : folder;
    return connection.with(
        api -> {
          AppOptions.App app = apps.find(api, here);
          Path target = target(app);
          requireRoom(target);
          AdminApi.Answer archive =
              api.download(
                  app.path() + "/export?source_control=true&version=" + AdminApi.encoded(version));
          int files = write(bundle(archive.body()), target);
          connection.print(
              app.clientAppId() + ": " + files + " files are in " + target,
              Fields.none().with("app_id", app.clientAppId()).with("folder", target.toString()));
          return 0;
        });
  }

  private Path target(AppOptions.App app) {
    if (folder != null) {
      return folder;
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
