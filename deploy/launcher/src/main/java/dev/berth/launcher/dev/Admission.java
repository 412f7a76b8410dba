package dev.berth.launcher.dev;

import dev.berth.appmodel.AppId;
import dev.berth.appmodel.Problem;
import dev.berth.appmodel.Secrets;
import dev.berth.appmodel.directory.AppDirectory;
import dev.berth.controlplane.DeploymentChecks;
import dev.berth.controlplane.DeploymentChecks.Verdict;
import dev.berth.launcher.console.Problems;
import dev.berth.launcher.console.StartFailure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// Lets apps in at start: all of them, or none, before anything is written anywhere.
final class Admission {

  private final CompletableFuture<DeploymentChecks> checks;
  private final Secrets secrets;

  /// @param checks may still be getting ready; files are read meanwhile
  Admission(CompletableFuture<DeploymentChecks> checks, Secrets secrets) {
    this.checks = checks;
    this.secrets = secrets;
  }

  /// Reads and checks the apps.
  ///
  /// @throws StartFailure with every problem of every app
  List<CheckedApp> admit(List<AppFolder> folders) throws StartFailure {
    List<CheckedApp> admitted = new ArrayList<>();
    List<String> refusals = new ArrayList<>();
    for (AppFolder folder : folders) {
      switch (check(folder)) {
        case Verdict.Passed passed -> admitted.add(new CheckedApp(folder, passed));
        case Verdict.Failed(List<Problem> problems) ->
            refusals.add(Problems.listed(folder.shown(), problems));
      }
    }
    if (!refusals.isEmpty()) {
      throw new StartFailure("nothing was started\n" + String.join("\n", refusals));
    }
    requireDifferentIds(admitted);
    return admitted;
  }

  /// Reads and checks one app.
  Verdict check(AppFolder folder) {
    return switch (AppDirectory.read(folder.path())) {
      case AppDirectory.Rejected(List<Problem> problems) -> new Verdict.Failed(problems);
      case AppDirectory.Loaded app when !folder.path().equals(app.root()) ->
          new Verdict.Failed(
              List.of(
                  Problem.error(
                      "",
                      "",
                      0,
                      "this is part of the app in " + app.root() + "; name that folder")));
      case AppDirectory.Loaded app -> checks.join().verdict(app, secrets);
    };
  }

  private static void requireDifferentIds(List<CheckedApp> apps) throws StartFailure {
    Map<AppId, AppFolder> declared = new HashMap<>();
    for (CheckedApp app : apps) {
      AppId id = app.verdict().definition().declaredId();
      AppFolder other = id == null ? null : declared.putIfAbsent(id, app.folder());
      if (other != null) {
        throw new StartFailure(
            "%s and %s both declare the App ID %s; change it in one of them"
                .formatted(other.shown(), app.folder().shown(), id));
      }
    }
  }
}
