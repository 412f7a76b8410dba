package dev.berth.controlplane.app;

import dev.berth.appmodel.Revision;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The revision of an app that is served.
///
/// @param digest of its content, secrets included
/// @param bundle digest of its files; `null` when it came from a folder
/// @param deploymentId what made it; `null` when nobody deployed it
public record LiveRevision(
    Revision revision,
    Instant deployedAt,
    String digest,
    @Nullable String bundle,
    @Nullable String deploymentId) {}
