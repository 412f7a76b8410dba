package dev.berth.identity;

import dev.berth.appmodel.AppId;

/// A session whose token was verified.
///
/// @param sessionId 24 hex digits
/// @param deviceId 24 hex digits
public record Session(AppId appId, AppUser user, String sessionId, String deviceId) {}
