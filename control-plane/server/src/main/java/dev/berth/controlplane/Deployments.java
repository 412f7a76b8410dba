package dev.berth.controlplane;

import dev.berth.appmodel.AppDefinition;
import dev.berth.appmodel.AppId;
import dev.berth.appmodel.Secrets;
import dev.berth.appmodel.directory.AppDirectory;
import dev.berth.catalog.AppChange;
import dev.berth.catalog.DeployedApp;
import dev.berth.controlplane.DeploymentChecks.Verdict;
import io.vertx.core.Future;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one way an app goes live: check everything, keep the revision, then announce it.
///
/// A deployment happens as a whole or not at all: with any error nothing is written and nothing
/// is announced. Safe from any thread.
public final class Deployments {

  private static final Logger LOG = LoggerFactory.getLogger(Deployments.class);

  private final AppStore store;
  private final DeploymentChecks checks;
  private final Consumer<AppChange> announcement;

  /// @param announcement gets each change once it is kept
  public Deployments(AppStore store, DeploymentChecks checks, Consumer<AppChange> announcement) {
    this.store = store;
    this.checks = checks;
    this.announcement = announcement;
  }

  /// Deploys an app. The checks run on the calling thread and may take long: not an event loop.
  ///
  /// @param place where the definition comes from, such as the canonical path of a folder
  /// @return fails only when the store does
  public Future<Deployment> deploy(AppDirectory.Loaded app, Secrets secrets, String place) {
    return switch (checks.verdict(app, secrets)) {
      case Verdict.Failed(var problems) ->
          Future.succeededFuture(new Deployment.Rejected(problems));
      case Verdict.Passed passed -> deploy(passed, place).map(deployed -> deployed);
    };
  }

  /// Deploys an app that has passed its checks.
  ///
  /// A definition that is the latest revision already makes no new one, and is announced again,
  /// because this may be the first time since a restart.
  public Future<Deployment.Deployed> deploy(Verdict.Passed checked, String place) {
    String digest = DefinitionDigest.of(checked.definition());
    return identify(checked.definition(), place)
        .compose(
            id ->
                store
                    .keep(id, checked.definition().name(), digest)
                    .map(kept -> announce(id, kept, checked)));
  }

  private Future<AppId> identify(AppDefinition definition, String place) {
    AppId declared = definition.declaredId();
    return declared != null
        ? Future.succeededFuture(declared)
        : store.idFor(new AppStore.Origin(place, definition.name()));
  }

  private Deployment.Deployed announce(AppId id, StoredRevision kept, Verdict.Passed checked) {
    DeployedApp app =
        new DeployedApp(
            id, kept.revision(), kept.deployedAt(), checked.definition(), checked.secrets());
    announcement.accept(new AppChange.Deployed(app));
    LOG.atInfo()
        .addKeyValue("appId", id)
        .addKeyValue("revision", kept.revision())
        .log("app deployed");
    return new Deployment.Deployed(app, kept.deployedAt(), checked.warnings());
  }
}
