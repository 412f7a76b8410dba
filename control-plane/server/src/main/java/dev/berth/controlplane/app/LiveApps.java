package dev.berth.controlplane.app;

import dev.berth.appmodel.AppId;
import dev.berth.appmodel.Problem;
import dev.berth.appmodel.bundle.AppBundle;
import dev.berth.appmodel.region.Placement;
import dev.berth.catalog.AppCatalog;
import dev.berth.catalog.AppChange;
import dev.berth.catalog.DeployedApp;
import dev.berth.controlplane.DeploymentChecks.Verdict;
import dev.berth.controlplane.secret.AppSecrets;
import dev.berth.identity.Ids;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is live of each app, and how those who serve apps learn of it. Blocks.
public final class LiveApps {

  private static final Logger LOG = LoggerFactory.getLogger(LiveApps.class);

  private final AppRegistry apps;
  private final Revisions revisions;
  private final BundleStore bundles;
  private final AppSecrets secrets;
  private final BundleChecks checks;
  private final AppTerms terms;
  private final Consumer<AppChange> announcement;

  /// @param announcement gets each change once it is kept
  public LiveApps(
      AppRegistry apps,
      Revisions revisions,
      BundleStore bundles,
      AppSecrets secrets,
      BundleChecks checks,
      AppTerms terms,
      Consumer<AppChange> announcement) {
    this.apps = apps;
    this.revisions = revisions;
    this.bundles = bundles;
    this.secrets = secrets;
    this.checks = checks;
    this.terms = terms;
    this.announcement = announcement;
  }

  /// The digest of the files of an app as they are live; empty when it was never deployed.
  public Optional<String> digest(AppId appId) {
    return revisions.live(appId).map(LiveRevision::bundle);
  }

  /// The files of an app as they are live; empty when it was never deployed.
  public Optional<AppBundle> files(AppId appId) {
    return digest(appId).flatMap(bundles::find);
  }

  /// Serves the live files of an app, with the secrets that it has now, under a revision of
  /// their own.
  void serveAgain(RegisteredApp app, AppBundle bundle, Verdict.Passed checked) {
    String content = contentDigest(app, bundle.digest(), app.secretsVersion());
    announce(app, revisions.add(app.appId(), content, bundle.digest(), null, null), checked);
  }

  void announce(RegisteredApp app, LiveRevision live, Verdict.Passed checked) {
    announcement.accept(
        new AppChange.Deployed(
            new DeployedApp(
                app.appId(),
                live.revision(),
                live.deployedAt(),
                checked.definition().in(app.placement().model(), app.placement().region()),
                checked.secrets(),
                app.nullsAllowed(),
                terms.of(app))));
    LOG.atInfo()
        .addKeyValue("appId", app.appId())
        .addKeyValue("revision", live.revision())
        .log("app deployed");
  }

  /// Serves what is served of an app on the terms that it has now. Its revision stays.
  void announceTerms(RegisteredApp app, DeployedApp served) {
    announcement.accept(new AppChange.Deployed(served.on(terms.of(app))));
  }

  /// Takes an app away from its callers.
  void withdraw(AppId appId) {
    announcement.accept(new AppChange.Removed(appId));
  }

  /// Secrets belong to what is served, and only say that they changed.
  static String contentDigest(RegisteredApp app, String bundle, int secretsVersion) {
    return Ids.sha256(bundle + "/" + secretsVersion + moved(app));
  }

  /// Nothing for an app where most are, so that what was live before regions counted stays.
  private static String moved(RegisteredApp app) {
    return app.placement().equals(Placement.USUAL) ? "" : "/" + app.placement();
  }

  /// Serves every app that was live when the last process ended. One that cannot be served keeps
  /// no other from it.
  public void resume() {
    for (RegisteredApp app : apps.all()) {
      try {
        resume(app);
      } catch (RuntimeException failure) {
        LOG.atError()
            .setCause(failure)
            .addKeyValue("appId", app.appId())
            .log("an app cannot be served as it was deployed");
      }
    }
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
        withdraw(app.id());
      }
    }
  }

  private void announceDifference(@Nullable DeployedApp served, RegisteredApp app, long number) {
    if (served == null || served.revision().number() != number || !isAsStored(served, app)) {
      resume(app);
    }
  }

  private static boolean isAsStored(DeployedApp served, RegisteredApp app) {
    return served.terms().version() == app.termsVersion()
        && Placement.of(served.definition()).equals(app.placement());
  }

  private void resume(RegisteredApp app) {
    Optional<LiveRevision> live = revisions.live(app.appId());
    String digest = live.map(LiveRevision::bundle).orElse(null);
    if (live.isPresent() && digest != null) {
      AppBundle bundle = bundles.find(digest).orElseThrow();
      switch (checks.verdict(app.appId(), bundle, secrets.read(app.appId()))) {
        case Verdict.Passed passed -> announce(app, live.get(), passed);
        case Verdict.Failed(List<Problem> problems) ->
            LOG.atError()
                .addKeyValue("appId", app.appId())
                .addKeyValue("problem", problems.stream().filter(Problem::isError).findFirst())
                .log("an app cannot be served as it was deployed");
      }
    }
  }
}
