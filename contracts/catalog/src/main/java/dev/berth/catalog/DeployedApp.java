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
/// @param terms may change while the revision stays
public record DeployedApp(
    AppId id,
    Revision revision,
    Instant deployedAt,
    AppDefinition definition,
    Secrets secrets,
    boolean nullsAllowed,
    ServiceTerms terms) {

  public DeployedApp {
    deployedAt = deployedAt.truncatedTo(ChronoUnit.MILLIS);
  }

  /// An app on the usual terms, whose schemas mean what they say.
  public DeployedApp(
      AppId id, Revision revision, Instant deployedAt, AppDefinition definition, Secrets secrets) {
    this(id, revision, deployedAt, definition, secrets, false);
  }

  /// An app on the usual terms.
  public DeployedApp(
      AppId id,
      Revision revision,
      Instant deployedAt,
      AppDefinition definition,
      Secrets secrets,
      boolean nullsAllowed) {
    this(id, revision, deployedAt, definition, secrets, nullsAllowed, ServiceTerms.usual());
  }

  /// An app that nobody deployed, as the tests and the benchmarks have it.
  public DeployedApp(AppId id, Revision revision, AppDefinition definition, Secrets secrets) {
    this(id, revision, Instant.EPOCH, definition, secrets);
  }

  /// The same revision on other terms.
  public DeployedApp on(ServiceTerms others) {
    return new DeployedApp(id, revision, deployedAt, definition, secrets, nullsAllowed, others);
  }

  /// Whether this takes the place of another state of the same app.
  boolean follows(DeployedApp other) {
    int revisions = Long.compare(revision.number(), other.revision.number());
    return revisions > 0 || (revisions == 0 && terms.version() > other.terms.version());
  }
}
