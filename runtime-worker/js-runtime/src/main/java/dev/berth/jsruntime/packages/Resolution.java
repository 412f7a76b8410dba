package dev.berth.jsruntime.packages;

/// What a request for a module comes to.
public sealed interface Resolution {

  /// A module of Node.js that the runtime has itself.
  ///
  /// @param name without `node:`
  record BuiltIn(String name) implements Resolution {}

  /// A file of a package.
  ///
  /// @param path relative to `node_modules`
  record File(String path) implements Resolution {}

  /// Nothing.
  ///
  /// @param message for app code; says what is missing
  record Missing(String message) implements Resolution {}
}
