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
/// @param nullsAllowed whether fields of its data may be `null` that no schema requires
public record DeployedApp(
    AppId id,
    Revision revision,
    Instant deployedAt,
    AppDefinition definition,
    Secrets secrets,
    boolean nullsAllowed) {

  public DeployedApp {
    deployedAt = deployedAt.truncatedTo(ChronoUnit.MILLIS);
  }

  /// An app whose schemas mean what they say.
  public DeployedApp(
      AppId id, Revision revision, Instant deployedAt, AppDefinition definition, Secrets secrets) {
    this(id, revision, deployedAt, definition, secrets, false);
  }

  /// An app that nobody deployed, as the tests and the benchmarks have it.
  public DeployedApp(AppId id, Revision revision, AppDefinition definition, Secrets secrets) {
    this(id, revision, Instant.EPOCH, definition, secrets);
  }
}
