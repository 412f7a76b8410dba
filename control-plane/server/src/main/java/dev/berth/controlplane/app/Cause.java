package dev.berth.controlplane.app;

import org.jspecify.annotations.Nullable;

/// Who deploys an app, and why.
///
/// @param draftId the draft that is deployed; `null` when it is something else
/// @param origin such as `CLI` or `ROLLBACK`
/// @param name what the deployment is called; `null` for its id
public record Cause(
    String administratorId, @Nullable String draftId, String origin, @Nullable String name) {

  public static Cause importing(String administratorId) {
    return new Cause(administratorId, null, "IMPORT", null);
  }

  public static Cause draft(String administratorId, String draftId, @Nullable String name) {
    return new Cause(administratorId, draftId, "DRAFT", name);
  }

  public static Cause rollback(String administratorId) {
    return new Cause(administratorId, null, "ROLLBACK", null);
  }

  public static Cause dependencies(String administratorId) {
    return new Cause(administratorId, null, "DEPENDENCIES", null);
  }

  public static Cause edit(String administratorId) {
    return new Cause(administratorId, null, "EDIT", null);
  }

  public static Cause migration(String administratorId) {
    return new Cause(administratorId, null, "MIGRATION", null);
  }
}
