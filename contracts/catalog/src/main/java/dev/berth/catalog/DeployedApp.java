package dev.berth.catalog;

import dev.berth.appmodel.AppDefinition;
import dev.berth.appmodel.AppId;
import dev.berth.appmodel.Revision;
import dev.berth.appmodel.Secrets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// One revision of an app, complete: what a gateway needs to route to it and a worker to run it.
///
/// @param deployedAt when the revision was deployed for the first time, to the millisecond
public record DeployedApp(
    AppId id, Revision revision, Instant deployedAt, AppDefinition definition, Secrets secrets) {

  public DeployedApp {
    deployedAt = deployedAt.truncatedTo(ChronoUnit.MILLIS);
  }

  /// An app that nobody deployed, as the tests and the benchmarks have it.
  public DeployedApp(AppId id, Revision revision, AppDefinition definition, Secrets secrets) {
    this(id, revision, Instant.EPOCH, definition, secrets);
  }
}
