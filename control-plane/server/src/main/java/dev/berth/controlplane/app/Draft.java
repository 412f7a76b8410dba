package dev.berth.controlplane.app;

import org.jspecify.annotations.Nullable;

/// What one administrator prepares for an app and has not deployed.
///
/// @param id 24 hex digits
/// @param bundle digest of its files; `null` while nothing was changed
/// @param base digest of the files that were live when it was filled, [Candidate#NOTHING] for
///     none; `null` while nothing was changed
/// @param secrets what values of secrets wait under that came with its files; `null` for none
public record Draft(
    String id, @Nullable String bundle, @Nullable String base, @Nullable String secrets) {

  /// The same with other files.
  Draft with(String files, String live, @Nullable String values) {
    return new Draft(id, files, live, values);
  }
}
