package dev.berth.invocation;

/// One HTTP header line.
///
/// @param name as sent; compared without regard to letter case
public record Header(String name, String value) {}
