package dev.berth.controlplane.tenant;

/// Whose projects are.
///
/// @param id 24 hex digits
/// @param quota what its operator grants it; what it says of apps goes for each of its apps
public record Organization(String id, String name, Quota quota) {}
