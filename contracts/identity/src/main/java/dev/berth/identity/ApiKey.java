package dev.berth.identity;

/// An API key without its value, which is shown only once.
///
/// @param id 24 hex digits
public record ApiKey(String id, String name, boolean disabled) {}
