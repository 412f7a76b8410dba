package dev.berth.controlplane.app;

import dev.berth.appmodel.AppId;
import dev.berth.appmodel.Problem;
import dev.berth.appmodel.Secrets;
import dev.berth.appmodel.bundle.AppBundle;
import dev.berth.controlplane.DeploymentChecks.Verdict;
import dev.berth.controlplane.refusal.Refusal;
import dev.berth.controlplane.secret.AppSecrets;
import dev.berth.controlplane.secret.WaitingSecrets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How the files of an app go live: all of them at once, or not at all.
///
/// First the files are kept, then checked; adding the revision is the step that counts, and
/// secrets that came along and the announcement follow it. A process that dies on the way leaves
/// an app on the revision it had, or on the new one, and nothing between. Blocks.
public final class Releases {

  private static final Logger LOG = LoggerFactory.getLogger(Releases.class);

  private final AppRegistry apps;
  private final BundleStore bundles;
  private final Revisions revisions;
  private final DeploymentHistory history;
  private final AppSecrets secrets;
  private final WaitingSecrets waiting;
  private final BundleChecks checks;
  private final AppTerms terms;
  private final LiveApps live;
  private final AppLocks locks;

  public Releases(
      AppRegistry apps,
      BundleStore bundles,
      Revisions revisions,
      DeploymentHistory history,
      AppSecrets secrets,
      WaitingSecrets waiting,
      BundleChecks checks,
      AppTerms terms,
      LiveApps live,
      AppLocks locks) {
    this.apps = apps;
    this.bundles = bundles;
    this.revisions = revisions;
    this.history = history;
    this.secrets = secrets;
    this.waiting = waiting;
    this.checks = checks;
    this.terms = terms;
    this.live = live;
    this.locks = locks;
  }

  /// How an attempt ended.
  public sealed interface Result {}

  /// It is live.
  ///
  /// @param warnings what its author should know
  public record Live(String deploymentId, List<Problem> warnings) implements Result {

    public Live {
      warnings = List.copyOf(warnings);
    }
  }

  /// Nothing changed.
  public record Failed(String deploymentId, List<Problem> problems) implements Result {

    public Failed {
      problems = List.copyOf(problems);
    }

    /// All problems in one text, one a line.
    public String text() {
      return String.join("\n", problems.stream().map(Problem::toString).toList());
    }
  }

  /// Deploys files as an app.
  ///
  /// @throws Refusal when other files are live than the ones that these were made of
  public Result deploy(RegisteredApp asked, Candidate candidate, Cause cause) {
    asked.requireOwnFiles();
    PastDeployment begun = locks.alone(asked.appId(), () -> begin(asked, candidate, cause));
    try {
      // Nobody waits for it: npm may take minutes.
      Checked checked = check(asked, candidate);
      return locks.alone(asked.appId(), () -> end(asked, candidate, begun, checked));
    } catch (RuntimeException | Error failure) {
      giveUp(asked.appId(), begun, failure);
      throw failure;
    }
  }

  private PastDeployment begin(RegisteredApp asked, Candidate candidate, Cause cause) {
    RegisteredApp app = apps.current(asked);
    terms.requireRoom(app, candidate.files());
    return history.begin(app.appId(), bundles.put(candidate.files()), cause);
  }

  /// What the checks found with the secrets of a version.
  private record Checked(Verdict verdict, int secretsVersion) {}

  private Checked check(RegisteredApp asked, Candidate candidate) {
    RegisteredApp app = apps.current(asked);
    Secrets all = together(secrets.read(app.appId()), candidate.secrets());
    return new Checked(checks.verdict(app.appId(), candidate.files(), all), app.secretsVersion());
  }

  private static Secrets together(Secrets stored, Secrets brought) {
    Map<String, String> more = new HashMap<>();
    brought.names().forEach(name -> more.put(name, String.valueOf(brought.find(name))));
    return stored.with(more);
  }

  private Result end(
      RegisteredApp asked, Candidate candidate, PastDeployment begun, Checked checked) {
    RegisteredApp app = apps.current(asked);
    // The packages are there by now, so that it is quick.
    Checked last =
        checked.secretsVersion == app.secretsVersion() ? checked : check(asked, candidate);
    return switch (last.verdict) {
      case Verdict.Failed(List<Problem> problems) -> {
        Failed failed = new Failed(begun.id(), problems);
        history.failed(app.appId(), begun.id(), failed.text());
        yield failed;
      }
      case Verdict.Passed passed -> {
        LiveRevision added = add(app, candidate, begun);
        bring(app.appId(), begun.id());
        live.announce(app, added, passed);
        history.succeeded(app.appId(), begun.id(), added.revision().number());
        apps.deployed(app.appId(), passed.definition().environment().tag());
        yield new Live(begun.id(), passed.warnings());
      }
    };
  }

  /// The new values are written down first, and count once the revision is there.
  private LiveRevision add(RegisteredApp app, Candidate candidate, PastDeployment begun) {
    Secrets changed = changed(app.appId(), candidate.secrets());
    int version = app.secretsVersion();
    if (!changed.names().isEmpty()) {
      waiting.keep(begun.id(), app.appId(), changed);
      version++;
    }
    String digest = candidate.files().digest();
    return revisions.add(
        app.appId(),
        LiveApps.contentDigest(app, digest, version),
        digest,
        begun.id(),
        candidate.base());
  }

  private Secrets changed(AppId appId, Secrets brought) {
    Secrets stored = brought.names().isEmpty() ? Secrets.none() : secrets.read(appId);
    Map<String, String> changed = new HashMap<>();
    for (String name : brought.names()) {
      String value = String.valueOf(brought.find(name));
      if (!Objects.equals(stored.find(name), value)) {
        changed.put(name, value);
      }
    }
    return Secrets.of(changed);
  }

  /// Makes the values that came with a deployment those of the app. May happen twice.
  private void bring(AppId appId, String deploymentId) {
    Secrets brought = waiting.read(deploymentId);
    if (!brought.names().isEmpty()) {
      brought.names().stream()
          .sorted()
          .forEach(name -> secrets.put(appId, name, String.valueOf(brought.find(name))));
      apps.secretsChanged(appId);
      waiting.remove(deploymentId);
    }
  }

  private void giveUp(AppId appId, PastDeployment begun, Throwable failure) {
    String why =
        failure instanceof Refusal refusal
            ? refusal.text()
            : "an internal error of Berth; its log says more";
    try {
      settle(appId, begun.id(), why);
    } catch (RuntimeException alsoFailed) {
      LOG.atWarn()
          .setCause(alsoFailed)
          .addKeyValue("appId", appId)
          .log("how a deployment ended is written down at the next start");
    }
  }

  /// Deploys once more what was deployed before.
  public Result redeploy(RegisteredApp app, PastDeployment past, String administratorId) {
    AppBundle bundle =
        bundles
            .find(past.bundle())
            .orElseThrow(() -> Refusal.notFound("DeploymentNotFound", "deployment not found"));
    return deploy(app, Candidate.of(bundle), Cause.rollback(administratorId));
  }

  /// Every problem that would keep files from going live; none when nothing would.
  ///
  /// @param brought values of secrets that come along
  List<Problem> problems(RegisteredApp app, AppBundle bundle, Secrets brought) {
    terms.requireRoom(app, bundle);
    return switch (check(app, new Candidate(bundle, brought, null)).verdict) {
      case Verdict.Failed(List<Problem> problems) -> problems;
      case Verdict.Passed _ -> List.of();
    };
  }

  /// Ends what a process began that is gone.
  public void resume() {
    for (DeploymentHistory.Unfinished unfinished : history.unfinished()) {
      settle(unfinished.appId(), unfinished.id(), "Berth was stopped meanwhile");
    }
  }

  /// Writes down how a deployment ended that nobody is at any more: by its revision.
  private void settle(AppId appId, String deploymentId, String why) {
    revisions
        .madeBy(deploymentId)
        .ifPresentOrElse(
            revision -> {
              bring(appId, deploymentId);
              history.succeeded(appId, deploymentId, revision);
            },
            () -> {
              waiting.remove(deploymentId);
              history.failed(appId, deploymentId, why);
            });
  }

  /// Removes files that no app needs any more.
  public void clean(Drafts drafts) {
    Set<String> needed = new HashSet<>(drafts.bundles());
    needed.addAll(history.bundles());
    needed.addAll(revisions.bundles());
    bundles.retain(needed);
  }
}
