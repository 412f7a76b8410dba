package dev.berth.controlplane.app;

import dev.berth.appmodel.Problem;
import dev.berth.appmodel.Secrets;
import dev.berth.appmodel.bundle.AppBundle;
import dev.berth.controlplane.DeploymentChecks.Verdict;
import dev.berth.controlplane.refusal.Refusal;
import dev.berth.controlplane.secret.AppSecrets;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Changes of the secrets of an app, and of settings that are in no file. It is served with
/// them at once. A change with which it could not be served is not made. Blocks.
public final class SecretChanges {

  private final AppRegistry apps;
  private final AppSecrets secrets;
  private final LiveApps live;
  private final BundleChecks checks;
  private final AppLocks locks;

  public SecretChanges(
      AppRegistry apps, AppSecrets secrets, LiveApps live, BundleChecks checks, AppLocks locks) {
    this.apps = apps;
    this.secrets = secrets;
    this.live = live;
    this.checks = checks;
    this.locks = locks;
  }

  /// Makes a change.
  ///
  /// @param effect what the secrets are after it; the same when it is no change of them
  /// @throws Refusal when the app cannot be served with it; the message says what became of it
  public void make(RegisteredApp asked, UnaryOperator<Secrets> effect, Runnable change) {
    asked.requireOwnFiles();
    locks.alone(asked.appId(), () -> made(asked, effect, change));
  }

  private RegisteredApp made(RegisteredApp asked, UnaryOperator<Secrets> effect, Runnable change) {
    RegisteredApp app = apps.current(asked);
    Secrets before = secrets.read(app.appId());
    AppBundle files = live.files(app.appId()).orElse(null);
    Verdict after = files == null ? null : checks.verdict(app.appId(), files, effect.apply(before));
    if (files != null && after instanceof Verdict.Failed failed && isServed(app, files, before)) {
      throw notServed("the secrets are as they were: with the change the app", failed);
    }
    change.run();
    apps.secretsChanged(app.appId());
    RegisteredApp changed = apps.current(app);
    serve(changed, files, after);
    return changed;
  }

  private boolean isServed(RegisteredApp app, AppBundle files, Secrets before) {
    return checks.verdict(app.appId(), files, before) instanceof Verdict.Passed;
  }

  private void serve(RegisteredApp app, @Nullable AppBundle files, @Nullable Verdict after) {
    switch (after) {
      case null -> {
        // It was never deployed.
      }
      case Verdict.Passed passed when files != null -> live.serveAgain(app, files, passed);
      case Verdict.Passed _ -> throw new IllegalStateException("files that are none passed");
      case Verdict.Failed failed ->
          throw notServed("the change is made, and still the app", failed);
    }
  }

  private static Refusal notServed(String what, Verdict.Failed failed) {
    String problems =
        failed.problems().stream()
            .filter(Problem::isError)
            .map(Problem::toString)
            .collect(Collectors.joining("\n"));
    return Refusal.of(Refusal.Kind.INVALID, "InvalidApp", what + " cannot be served:\n" + problems);
  }

  /// Whether the live files of an app name a secret.
  public boolean isNamed(RegisteredApp app, String secret) {
    return live.files(app.appId()).map(files -> BundleChecks.isNamed(files, secret)).orElse(false);
  }
}
