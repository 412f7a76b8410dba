package dev.berth.appmodel.directory;

/// A place in an app directory that names a secret.
///
/// @param name the secret's name
/// @param line 1-based, or 0 when it is not known
public record SecretReference(String name, String file, String pointer, int line) {}
