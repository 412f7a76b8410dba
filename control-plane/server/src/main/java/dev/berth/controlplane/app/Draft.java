package dev.berth.controlplane.app;

import org.jspecify.annotations.Nullable;

/// What one administrator prepares for an app and has not deployed.
///
/// @param id 24 hex digits
/// @param bundle digest of its files; `null` while nothing was changed
public record Draft(String id, @Nullable String bundle) {}
