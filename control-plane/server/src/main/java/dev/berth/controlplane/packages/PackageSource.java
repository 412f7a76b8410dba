package dev.berth.controlplane.packages;

import dev.berth.appmodel.packages.PackageWriter;
import java.io.IOException;
import java.util.List;

/// Where the packages of one app come from. All methods block.
interface PackageSource {

  /// The file or folder that messages name, relative to the root of the app.
  String file();

  /// A text that differs when the packages may differ; much cheaper than gathering them.
  ///
  /// @throws RefusedPackagesException when they cannot be taken anyhow
  String fingerprint() throws IOException;

  /// Writes everything that can be required.
  ///
  /// @return what the author of the app should know
  /// @throws RefusedPackagesException when they cannot be taken
  List<String> gather(PackageWriter to) throws IOException;
}
