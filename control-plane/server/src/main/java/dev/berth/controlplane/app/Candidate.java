package dev.berth.controlplane.app;

import dev.berth.appmodel.Secrets;
import dev.berth.appmodel.bundle.AppBundle;
import org.jspecify.annotations.Nullable;

/// What is to go live.
///
/// @param secrets values that came with the files, which count when the files do
/// @param base digest of the files that must be live until then, [#NOTHING] when none may be;
///     `null` for any
public record Candidate(AppBundle files, Secrets secrets, @Nullable String base) {

  /// What is live of an app that was never deployed.
  public static final String NOTHING = "";

  /// Files that go live whatever was live before.
  public static Candidate of(AppBundle files) {
    return new Candidate(files, Secrets.none(), null);
  }
}
