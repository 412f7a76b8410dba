package dev.berth.controlplane.secret;

/// A secret of an app without its value.
///
/// @param id 24 hex digits
public record AppSecret(String id, String name) {}
