package dev.berth.jsruntime.packages;

import org.jspecify.annotations.Nullable;

/// The files of an app's `node_modules`, read-only; safe for any thread.
///
/// A path is relative to `node_modules`, separated by `/` and normalised, such as
/// `lodash/lodash.js`.
public interface PackageFiles {

  /// The text of a file, or `null` when there is no such file.
  @Nullable String text(String path);

  /// Whether there is a file, and no folder, at the path.
  boolean isFile(String path);

  /// An app without packages.
  static PackageFiles none() {
    return new PackageFiles() {
      @Override
      public @Nullable String text(String path) {
        return null;
      }

      @Override
      public boolean isFile(String path) {
        return false;
      }
    };
  }
}
