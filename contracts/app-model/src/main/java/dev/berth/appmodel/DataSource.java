package dev.berth.appmodel;

/// A MongoDB service that functions reach with `context.services.get(name)`.
///
/// @param name such as `mongodb-atlas`
/// @param type `mongodb-atlas` or `datalake`
public record DataSource(String name, String type) {}
