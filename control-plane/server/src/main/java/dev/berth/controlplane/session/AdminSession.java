package dev.berth.controlplane.session;

import dev.berth.controlplane.tenant.Administrator;

/// Somebody who has signed in.
///
/// @param id of the session, 24 hex digits
public record AdminSession(String id, Administrator administrator) {}
