package dev.berth.controlplane.admin;

import dev.berth.appmodel.region.ServedRegions;
import dev.berth.controlplane.session.SessionLife;
import dev.berth.controlplane.tenant.Quota;
import java.time.Duration;

/// How the control plane behaves.
///
/// @param localAccess whether programs on this machine need not sign in
/// @param sessionLife how long administrators stay signed in
/// @param appsPerProject how many apps a project may have
/// @param functionTimeLimit of functions that administrators run
/// @param quota of organizations and apps of which nothing else is said
/// @param regions that have URLs of their own
/// @param logsKept how long entries of the logs of apps are kept
public record ControlPlaneSettings(
    boolean localAccess,
    SessionLife sessionLife,
    int appsPerProject,
    Duration functionTimeLimit,
    Quota quota,
    ServedRegions regions,
    Duration logsKept) {

  public ControlPlaneSettings {
    if (appsPerProject < 1) {
      throw new IllegalArgumentException("a project has at least one app: " + appsPerProject);
    }
  }

  /// What production has.
  public static ControlPlaneSettings standard() {
    return new ControlPlaneSettings(
        false,
        SessionLife.standard(),
        10_000,
        Duration.ofMinutes(5),
        Quota.none(),
        ServedRegions.none(),
        Duration.ofDays(10));
  }

  /// The same for the machine of a developer.
  public ControlPlaneSettings withLocalAccess() {
    return new ControlPlaneSettings(
        true, sessionLife, appsPerProject, functionTimeLimit, quota, regions, logsKept);
  }

  public ControlPlaneSettings with(SessionLife life) {
    return new ControlPlaneSettings(
        localAccess, life, appsPerProject, functionTimeLimit, quota, regions, logsKept);
  }

  public ControlPlaneSettings with(Quota usual) {
    return new ControlPlaneSettings(
        localAccess, sessionLife, appsPerProject, functionTimeLimit, usual, regions, logsKept);
  }

  public ControlPlaneSettings with(ServedRegions served) {
    return new ControlPlaneSettings(
        localAccess, sessionLife, appsPerProject, functionTimeLimit, quota, served, logsKept);
  }

  /// The same with logs that are kept so long.
  public ControlPlaneSettings keepingLogs(Duration kept) {
    return new ControlPlaneSettings(
        localAccess, sessionLife, appsPerProject, functionTimeLimit, quota, regions, kept);
  }
}
