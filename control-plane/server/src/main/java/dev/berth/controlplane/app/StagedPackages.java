package dev.berth.controlplane.app;

import dev.berth.appmodel.Packages;
import dev.berth.appmodel.Problem;
import dev.berth.appmodel.bundle.AppBundle;
import dev.berth.appmodel.packages.PackageStore;
import dev.berth.controlplane.packages.PackageIntake;
import java.util.List;
import java.util.Map;

/// The npm packages of files that are not deployed yet. Blocks, for minutes when npm installs.
public final class StagedPackages {

  private final PackageIntake intake;
  private final PackageStore store;

  /// @param store of what the intake takes in
  public StagedPackages(PackageIntake intake, PackageStore store) {
    this.intake = intake;
    this.store = store;
  }

  /// What files would bring.
  ///
  /// @param problems with an error there are no packages
  public record Staged(Packages packages, List<Problem> problems) {

    public Staged {
      problems = List.copyOf(problems);
    }
  }

  /// Takes in the packages of files, without deploying them.
  public Staged stage(AppBundle files) {
    try (UnpackedBundle unpacked = UnpackedBundle.of(files)) {
      PackageIntake.Taken taken = intake.take(unpacked.folder());
      return new Staged(taken.packages(), taken.problems());
    }
  }

  /// The versions of packages by name.
  public Map<String, String> versions(Packages packages) {
    return packages.areNone() ? Map.of() : store.open(packages).installed();
  }
}
