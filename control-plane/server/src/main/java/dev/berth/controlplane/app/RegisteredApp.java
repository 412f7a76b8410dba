package dev.berth.controlplane.app;

import dev.berth.appmodel.AppId;
import dev.berth.appmodel.region.Placement;
import dev.berth.controlplane.refusal.Refusal;
import dev.berth.controlplane.tenant.Quota;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An app as its administrators know it, deployed or not.
///
/// @param internalId 24 hex digits, what the Admin API names it by
/// @param appId what clients name it by
/// @param placement where it is, whatever its files say
/// @param environment a tag, empty for none
/// @param fromFolder whether it is served from a folder, which is the only place to change it
/// @param secretsVersion one more with each change of a secret or of a setting that is in no file
/// @param nullsAllowed whether fields may be `null` that no schema requires
/// @param quota what is said of this app alone
/// @param refreshTokenLife what is said of the sessions of its users; `null` for nothing
/// @param termsVersion one more with each change of how it is served
/// @param lastUsed when it was deployed last; when it was made before that
public record RegisteredApp(
    String internalId,
    AppId appId,
    String projectId,
    String name,
    Placement placement,
    String environment,
    boolean fromFolder,
    int secretsVersion,
    boolean nullsAllowed,
    Quota quota,
    @Nullable Duration refreshTokenLife,
    int termsVersion,
    Instant createdAt,
    Instant lastUsed) {

  /// Refuses what would change an app that is served from a folder.
  public void requireOwnFiles() {
    if (fromFolder) {
      throw Refusal.conflict(
          "AppServedFromFolder",
          "the app " + appId + " is served from a folder: change the files there");
    }
  }
}
