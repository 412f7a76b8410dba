package dev.berth.identity.store;

import dev.berth.identity.AppUser;

/// A user as kept, without custom data.
///
/// @param generation counts how often all sessions of the user were revoked
public record StoredUser(AppUser user, long generation) {}
