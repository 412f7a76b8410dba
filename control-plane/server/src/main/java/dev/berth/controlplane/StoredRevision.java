package dev.berth.controlplane;

import dev.berth.appmodel.Revision;
import java.time.Instant;

/// One kept revision of an app. Never changed once it is written.
///
/// @param deployedAt when it was kept for the first time
/// @param digest of the definition it was deployed with
public record StoredRevision(Revision revision, Instant deployedAt, String digest) {}
