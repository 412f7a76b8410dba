package dev.berth.identity.store;

import dev.berth.appmodel.AppId;
import java.time.Instant;

/// A session as kept.
///
/// @param identityId the identity, or the API key, that opened it
public record StoredSession(
    String id,
    AppId appId,
    String userId,
    String providerType,
    String identityId,
    String deviceId,
    Instant createdAt,
    Instant expiresAt) {}
