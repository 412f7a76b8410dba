package dev.berth.controlplane.app;

import dev.berth.appmodel.AppId;
import dev.berth.appmodel.Problem;
import dev.berth.appmodel.Secrets;
import dev.berth.appmodel.bundle.AppBundle;
import dev.berth.appmodel.directory.AppDirectory;
import dev.berth.controlplane.DeploymentChecks;
import dev.berth.controlplane.DeploymentChecks.Verdict;
import java.util.List;

/// Whether stored files are an app that may go live. Blocks, for minutes when packages have to be
/// installed.
public final class BundleChecks {

  private final DeploymentChecks checks;

  public BundleChecks(DeploymentChecks checks) {
    this.checks = checks;
  }

  Verdict verdict(AppId appId, AppBundle bundle, Secrets secrets) {
    try (UnpackedBundle unpacked = UnpackedBundle.of(bundle)) {
      return switch (AppDirectory.read(unpacked.folder())) {
        case AppDirectory.Rejected(List<Problem> problems) -> new Verdict.Failed(problems);
        case AppDirectory.Loaded loaded -> checks.verdict(appId, loaded, secrets);
      };
    }
  }

  /// Whether the files name a secret.
  static boolean isNamed(AppBundle bundle, String secret) {
    try (UnpackedBundle unpacked = UnpackedBundle.of(bundle)) {
      return AppDirectory.read(unpacked.folder()) instanceof AppDirectory.Loaded loaded
          && loaded.secretReferences().stream().anyMatch(each -> each.name().equals(secret));
    }
  }
}
