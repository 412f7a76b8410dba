package dev.berth.benchmarks;

import dev.berth.appmodel.AppId;
import dev.berth.appmodel.Revision;
import dev.berth.appmodel.Secrets;
import dev.berth.appmodel.directory.AppDirectory;
import dev.berth.catalog.DeployedApp;
import java.nio.file.Path;
import java.util.Map;

/// The apps that are measured: folders in export format, as `berth dev` serves them.
public final class AppFolder {

  private AppFolder() {}

  /// Reads an app as its first revision.
  ///
  /// @throws IllegalArgumentException when the folder holds none, or one with problems
  public static DeployedApp read(Path folder) {
    return switch (AppDirectory.read(folder)) {
      case AppDirectory.Loaded loaded -> {
        AppId id = loaded.definition().declaredId();
        if (id == null) {
          throw new IllegalArgumentException(folder + " declares no App ID");
        }
        yield new DeployedApp(id, new Revision(1), loaded.definition(), Secrets.of(Map.of()));
      }
      case AppDirectory.Rejected rejected ->
          throw new IllegalArgumentException(folder + ": " + rejected.problems());
    };
  }

  /// The path of an app's only endpoint.
  public static String path(DeployedApp app) {
    return "/app/" + app.id() + "/endpoint" + app.definition().endpoints().getFirst().route();
  }
}
