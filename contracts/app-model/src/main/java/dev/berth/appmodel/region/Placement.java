package dev.berth.appmodel.region;

import dev.berth.appmodel.AppDefinition;
import dev.berth.appmodel.DeploymentModel;
import dev.berth.appmodel.directory.Regions;

/// Where an app is: reachable everywhere, or in one region alone.
///
/// @param region such as `aws-us-east-1`; of a global app the one that it was made in
public record Placement(DeploymentModel model, String region) {

  /// What an app has for which nobody has chosen anything.
  public static final Placement USUAL = new Placement(DeploymentModel.GLOBAL, Regions.USUAL);

  /// Where an app's own files say that it is.
  public static Placement of(AppDefinition app) {
    return new Placement(app.deploymentModel(), app.providerRegion());
  }

  /// The code that older clients know the region by, such as `US-VA`.
  public String location() {
    return Regions.codeOf(region);
  }

  @Override
  public String toString() {
    return model + " in " + region;
  }
}
