package dev.berth.launcher.appcode;

import dev.berth.appmodel.Packages;
import dev.berth.appmodel.packages.PackageStore;
import dev.berth.appmodel.packages.StoredPackages;
import dev.berth.jsruntime.packages.PackageFiles;
import org.jspecify.annotations.Nullable;

/// The packages of an app, read from the store when code requires them.
record AppPackages(StoredPackages stored) implements PackageFiles {

  /// Opens those of an app. Reads nothing yet.
  static PackageFiles open(PackageStore store, Packages packages) {
    return packages.areNone() ? PackageFiles.none() : new AppPackages(store.open(packages));
  }

  @Override
  public @Nullable String text(String path) {
    return stored.text(path);
  }

  @Override
  public boolean isFile(String path) {
    return stored.isFile(path);
  }
}
