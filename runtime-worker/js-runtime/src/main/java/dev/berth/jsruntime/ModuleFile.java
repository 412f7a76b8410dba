package dev.berth.jsruntime;

import org.graalvm.polyglot.Source;

/// A file of a package, as it is loaded.
sealed interface ModuleFile {

  /// A script, ready to be parsed or parsed already.
  record Script(Source source) implements ModuleFile {}

  /// An ES module, which is translated before it can run.
  record EsModule(String text) implements ModuleFile {}

  /// Data.
  record Json(String text) implements ModuleFile {}

  /// What cannot be loaded.
  ///
  /// @param message for app code
  record Refused(String message) implements ModuleFile {}
}
