package dev.berth.controlplane.app;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One attempt to deploy an app, as its history keeps it.
///
/// @param id 24 hex digits
/// @param name what the administrator called it; the id when nothing
/// @param draftId the draft it came from; `null` when it came from elsewhere
/// @param origin such as `CLI` or `ROLLBACK`
/// @param error why it failed; empty when it did not
/// @param bundle digest of its files
/// @param revision what it became; `null` when it failed
public record PastDeployment(
    String id,
    String name,
    String administratorId,
    @Nullable String draftId,
    String origin,
    Status status,
    String error,
    String bundle,
    @Nullable Long revision,
    Instant at) {

  /// How far a deployment got.
  public enum Status {
    CREATED("created"),
    SUCCESSFUL("successful"),
    FAILED("failed");

    private final String wireName;

    Status(String wireName) {
      this.wireName = wireName;
    }

    public String wireName() {
      return wireName;
    }
  }
}
