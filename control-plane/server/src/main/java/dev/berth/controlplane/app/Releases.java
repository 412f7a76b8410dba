package dev.berth.controlplane.app;

import dev.berth.appmodel.AppId;
import dev.berth.appmodel.Problem;
import dev.berth.appmodel.Secrets;
import dev.berth.appmodel.bundle.AppBundle;
import dev.berth.appmodel.directory.AppDirectory;
import dev.berth.catalog.AppCatalog;
import dev.berth.catalog.AppChange;
import dev.berth.catalog.DeployedApp;
import dev.berth.controlplane.DeploymentChecks;
import dev.berth.controlplane.DeploymentChecks.Verdict;
import dev.berth.controlplane.refusal.Refusal;
import dev.berth.controlplane.secret.AppSecrets;
import dev.berth.identity.Ids;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How the files of an app go live: all of them at once, or not at all.
///
/// First the files are kept, then checked; adding the revision is the step that counts, and the
/// announcement follows it. A process that dies on the way leaves an app on the revision it had,
/// or on the new one, and nothing between. Blocks.
public final class Releases {

  private static final Logger LOG = LoggerFactory.getLogger(Releases.class);
  private static final int LOCKS = 64;

  private final AppRegistry apps;
  private final BundleStore bundles;
  private final Revisions revisions;
  private final DeploymentHistory history;
  private final AppSecrets secrets;
  private final DeploymentChecks checks;
  private final Consumer<AppChange> announcement;
  private final List<Lock> locks;

  /// @param announcement gets each change once it is kept
  public Releases(
      AppRegistry apps,
      BundleStore bundles,
      Revisions revisions,
      DeploymentHistory history,
      AppSecrets secrets,
      DeploymentChecks checks,
      Consumer<AppChange> announcement) {
    this.apps = apps;
    this.bundles = bundles;
    this.revisions = revisions;
    this.history = history;
    this.secrets = secrets;
    this.checks = checks;
    this.announcement = announcement;
    this.locks = IntStream.range(0, LOCKS).<Lock>mapToObj(_ -> new ReentrantLock()).toList();
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

  /// The digest of the files of an app as they are live; empty when it was never deployed.
  public Optional<String> liveDigest(RegisteredApp app) {
    return revisions.live(app.appId()).map(LiveRevision::bundle);
  }

  /// The files of an app as they are live; empty when it was never deployed.
  public Optional<AppBundle> live(RegisteredApp app) {
    return revisions
        .live(app.appId())
        .map(LiveRevision::bundle)
        .flatMap(digest -> Optional.ofNullable(digest).flatMap(bundles::find));
  }

  /// Deploys files as an app.
  public Result deploy(RegisteredApp asked, AppBundle bundle, Cause cause) {
    return deploy(asked, bundle, cause, null);
  }

  /// Deploys files that were made out of others, unless somebody has deployed meanwhile.
  ///
  /// @param base digest of the files that they were made of; `null` when nothing was live
  /// @throws Refusal when other files are live now
  public Result deployEdited(
      RegisteredApp asked, @Nullable String base, AppBundle bundle, Cause cause) {
    return deploy(asked, bundle, cause, base == null ? Revisions.NOTHING : base);
  }

  private Result deploy(RegisteredApp asked, AppBundle bundle, Cause cause, @Nullable String base) {
    requireOwnFiles(asked);
    Lock lock = lockOf(asked.appId());
    lock.lock();
    try {
      RegisteredApp app = current(asked);
      String digest = bundles.put(bundle);
      PastDeployment begun = history.begin(app.appId(), digest, cause);
      return switch (check(app, bundle)) {
        case Verdict.Failed(List<Problem> problems) -> {
          Failed failed = new Failed(begun.id(), problems);
          history.failed(app.appId(), begun.id(), failed.text());
          yield failed;
        }
        case Verdict.Passed passed -> {
          LiveRevision live = add(app, digest, begun, base);
          announce(app, live, passed);
          history.succeeded(app.appId(), begun.id(), live.revision().number());
          apps.deployed(app.appId(), passed.definition().environment().tag());
          yield new Live(begun.id(), passed.warnings());
        }
      };
    } finally {
      lock.unlock();
    }
  }

  private LiveRevision add(
      RegisteredApp app, String digest, PastDeployment begun, @Nullable String base) {
    try {
      return revisions.add(app.appId(), contentDigest(app, digest), digest, begun.id(), base);
    } catch (Refusal refusal) {
      history.failed(app.appId(), begun.id(), refusal.text());
      throw refusal;
    }
  }

  /// The app as it is now; it may have been deleted since somebody asked for it.
  private RegisteredApp current(RegisteredApp asked) {
    return apps.find(asked.projectId(), asked.internalId())
        .orElseThrow(
            () -> Refusal.notFound("AppNotFound", "app not found: '" + asked.internalId() + "'"));
  }

  /// Deploys once more what was deployed before.
  public Result redeploy(RegisteredApp app, PastDeployment past, String administratorId) {
    AppBundle bundle =
        bundles
            .find(past.bundle())
            .orElseThrow(() -> Refusal.notFound("DeploymentNotFound", "deployment not found"));
    return deploy(app, bundle, Cause.rollback(administratorId));
  }

  /// Every problem that would keep files from going live; none when nothing would.
  public List<Problem> problems(RegisteredApp app, AppBundle bundle) {
    return switch (check(app, bundle)) {
      case Verdict.Failed(List<Problem> problems) -> problems;
      case Verdict.Passed _ -> List.of();
    };
  }

  /// Serves an app with the secrets, and the settings that are in no file, which it has now.
  ///
  /// @param change of these
  public void withSecrets(RegisteredApp app, Runnable change) {
    requireOwnFiles(app);
    Lock lock = lockOf(app.appId());
    lock.lock();
    try {
      current(app);
      change.run();
      apps.secretsChanged(app.appId());
      RegisteredApp changed = current(app);
      revisions
          .live(app.appId())
          .map(LiveRevision::bundle)
          .flatMap(digest -> Optional.ofNullable(digest).flatMap(bundles::find))
          .ifPresent(bundle -> serve(changed, bundle));
    } finally {
      lock.unlock();
    }
  }

  private void serve(RegisteredApp app, AppBundle bundle) {
    switch (check(app, bundle)) {
      case Verdict.Passed passed -> {
        LiveRevision live =
            revisions.add(
                app.appId(), contentDigest(app, bundle.digest()), bundle.digest(), null, null);
        announce(app, live, passed);
      }
      case Verdict.Failed(List<Problem> problems) -> cannotServe(app, problems);
    }
  }

  /// Whether the live files of an app name a secret.
  public boolean needsSecret(RegisteredApp app, String name) {
    return live(app).map(bundle -> names(bundle, name)).orElse(false);
  }

  private static boolean names(AppBundle bundle, String secret) {
    try (UnpackedBundle unpacked = UnpackedBundle.of(bundle)) {
      return AppDirectory.read(unpacked.folder()) instanceof AppDirectory.Loaded loaded
          && loaded.secretReferences().stream().anyMatch(each -> each.name().equals(secret));
    }
  }

  /// Takes an app away from its callers, and everything that is kept of it.
  public void remove(RegisteredApp app) {
    requireOwnFiles(app);
    Lock lock = lockOf(app.appId());
    lock.lock();
    try {
      apps.remove(app.appId());
      announcement.accept(new AppChange.Removed(app.appId()));
      revisions.removeAll(app.appId());
      history.removeAll(app.appId());
      secrets.removeAll(app.appId());
    } finally {
      lock.unlock();
    }
    LOG.atInfo().addKeyValue("appId", app.appId()).log("app removed");
  }

  /// Serves every app that was live when the last process ended, and ends what that one began.
  public void resume() {
    for (DeploymentHistory.Unfinished unfinished : history.unfinished()) {
      revisions
          .madeBy(unfinished.id())
          .ifPresentOrElse(
              revision -> history.succeeded(unfinished.appId(), unfinished.id(), revision),
              () ->
                  history.failed(
                      unfinished.appId(), unfinished.id(), "Berth was stopped meanwhile"));
    }
    apps.all().forEach(this::resume);
  }

  /// Announces whatever is stored in another way than it is served. Apps from folders are left
  /// as they are.
  public void announceDifferences(AppCatalog served) {
    // The revisions are read first: an app that is removed meanwhile is found to be gone.
    Map<AppId, Long> numbers = revisions.numbers();
    Set<AppId> stored = new HashSet<>();
    for (RegisteredApp app : apps.all()) {
      stored.add(app.appId());
      Long number = numbers.get(app.appId());
      if (!app.fromFolder() && number != null) {
        announceDifference(served.find(app.appId()), app, number);
      }
    }
    for (DeployedApp app : served.all()) {
      if (!stored.contains(app.id())) {
        announcement.accept(new AppChange.Removed(app.id()));
      }
    }
  }

  private void announceDifference(@Nullable DeployedApp served, RegisteredApp app, long number) {
    if (served != null && served.revision().number() == number) {
      return;
    }
    if (served != null && served.revision().number() > number) {
      // It was removed and made again.
      announcement.accept(new AppChange.Removed(app.appId()));
    }
    resume(app);
  }

  private void resume(RegisteredApp app) {
    Optional<LiveRevision> live = revisions.live(app.appId());
    String digest = live.map(LiveRevision::bundle).orElse(null);
    if (live.isPresent() && digest != null) {
      AppBundle bundle = bundles.find(digest).orElseThrow();
      switch (check(app, bundle)) {
        case Verdict.Passed passed -> announce(app, live.get(), passed);
        case Verdict.Failed(List<Problem> problems) -> cannotServe(app, problems);
      }
    }
  }

  private static void cannotServe(RegisteredApp app, List<Problem> problems) {
    LOG.atError()
        .addKeyValue("appId", app.appId())
        .addKeyValue("problem", problems.stream().filter(Problem::isError).findFirst())
        .log("an app cannot be served as it was deployed");
  }

  /// Removes files that no app needs any more.
  public void clean(Drafts drafts) {
    Set<String> needed = new HashSet<>(drafts.bundles());
    needed.addAll(history.bundles());
    needed.addAll(revisions.bundles());
    bundles.retain(needed);
  }

  private Verdict check(RegisteredApp app, AppBundle bundle) {
    try (UnpackedBundle unpacked = UnpackedBundle.of(bundle)) {
      return switch (AppDirectory.read(unpacked.folder())) {
        case AppDirectory.Rejected(List<Problem> problems) -> new Verdict.Failed(problems);
        case AppDirectory.Loaded loaded -> checks.verdict(app.appId(), loaded, secretsOf(app));
      };
    }
  }

  private Secrets secretsOf(RegisteredApp app) {
    return secrets.read(app.appId());
  }

  private void announce(RegisteredApp app, LiveRevision live, Verdict.Passed checked) {
    announcement.accept(
        new AppChange.Deployed(
            new DeployedApp(
                app.appId(),
                live.revision(),
                live.deployedAt(),
                checked.definition(),
                checked.secrets(),
                app.nullsAllowed())));
    LOG.atInfo()
        .addKeyValue("appId", app.appId())
        .addKeyValue("revision", live.revision())
        .log("app deployed");
  }

  /// Secrets belong to what is served, and only say that they changed.
  private static String contentDigest(RegisteredApp app, String bundle) {
    return Ids.sha256(bundle + "/" + app.secretsVersion());
  }

  private static void requireOwnFiles(RegisteredApp app) {
    if (app.fromFolder()) {
      throw Refusal.conflict(
          "AppServedFromFolder",
          "the app " + app.appId() + " is served from a folder: change the files there");
    }
  }

  private Lock lockOf(AppId appId) {
    return locks.get(Math.floorMod(appId.hashCode(), LOCKS));
  }
}
