package dev.berth.controlplane.tenant;

/// What apps belong to; a group in the words of the Admin API.
///
/// @param id 24 hex digits
public record Project(String id, String organizationId, String name) {}
