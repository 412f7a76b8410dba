package dev.berth.launcher.dev;

import dev.berth.appmodel.AppId;
import dev.berth.appmodel.Problem;
import dev.berth.catalog.DeployedApp;
import dev.berth.controlplane.DeploymentChecks.Verdict;
import dev.berth.controlplane.Deployments;
import dev.berth.launcher.appcode.Blocking;
import dev.berth.launcher.console.Console;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// Deploys an app again when a file of it was saved.
///
/// Called by one thread at a time. An app that was deployed may be saved in any state: while it
/// has problems, the last good revision goes on serving.
final class LiveReload {

  private static final Duration STORE = Duration.ofSeconds(30);

  private final Admission admission;
  private final Deployments deployments;
  private final Console console;
  private final Map<Path, Followed> followed = new HashMap<>();

  LiveReload(Admission admission, Deployments deployments, Console console) {
    this.admission = admission;
    this.deployments = deployments;
    this.console = console;
  }

  /// Follows a folder from now on.
  void follow(AppFolder folder, DeployedApp live, List<Problem> warnings) {
    followed.put(folder.path(), new Followed(folder, live, List.copyOf(warnings)));
  }

  /// Something in a followed folder changed.
  void changed(Path folder) {
    Followed before = Objects.requireNonNull(followed.get(folder), "a folder that is followed");
    long start = System.nanoTime();
    switch (admission.check(before.folder)) {
      case Verdict.Failed(List<Problem> problems) -> reject(before, problems);
      case Verdict.Passed passed when movesAway(before, passed) ->
          reject(
              before,
              List.of(
                  Problem.error(
                      ".mdb/meta.json",
                      "/client_app_id",
                      0,
                      "the App ID is %s now; restart berth dev to serve the app under another"
                          .formatted(passed.definition().declaredId()))));
      case Verdict.Passed passed -> redeploy(before, passed, start);
    }
  }

  /// A new App ID in the file is another app to everyone else; this process goes on with the one.
  private static boolean movesAway(Followed before, Verdict.Passed passed) {
    AppId declared = passed.definition().declaredId();
    return !Objects.equals(declared, before.live.definition().declaredId());
  }

  private void reject(Followed before, List<Problem> problems) {
    if (!problems.equals(before.problems)) {
      console.rejected(
          before.folder.shown(),
          problems,
          "%s: not deployed, revision %s goes on serving"
              .formatted(before.live.id(), before.live.revision()));
    }
    followed.put(before.folder.path(), new Followed(before.folder, before.live, problems));
  }

  private void redeploy(Followed before, Verdict.Passed passed, long start) {
    Path path = before.folder.path();
    DeployedApp live = Blocking.await(deployments.deploy(passed, path.toString()), STORE).app();
    if (!passed.warnings().equals(before.problems)) {
      console.warned(before.folder.shown(), passed.warnings());
    }
    if (!live.revision().equals(before.live.revision())) {
      console.deployed(live, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
    } else if (before.problems.stream().anyMatch(Problem::isError)) {
      console.wellAgain(live);
    }
    followed.put(path, new Followed(before.folder, live, passed.warnings()));
  }

  /// @param problems of the state that was seen last, so that nothing is shown twice
  private record Followed(AppFolder folder, DeployedApp live, List<Problem> problems) {}
}
