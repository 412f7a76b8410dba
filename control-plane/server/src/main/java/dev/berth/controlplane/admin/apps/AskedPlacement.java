package dev.berth.controlplane.admin.apps;

import dev.berth.appmodel.DeploymentModel;
import dev.berth.appmodel.directory.Regions;
import dev.berth.appmodel.region.Placement;
import dev.berth.controlplane.admin.http.AdminCall;
import dev.berth.controlplane.refusal.Refusal;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;

/// Where somebody wants an app to be: with the name of a region, or with the location code that
/// older clients know it by.
final class AskedPlacement {

  private AskedPlacement() {}

  /// Reads `deployment_model`, and `provider_region` or `location`; what is missing is as usual.
  static Placement read(JsonObject body) {
    String model = AdminCall.text(body, "deployment_model");
    String region = AdminCall.text(body, "provider_region");
    String location = AdminCall.text(body, "location");
    return new Placement(
        model.isEmpty() ? Placement.USUAL.model() : model(model),
        region.isEmpty() ? ofLocation(location) : known(region));
  }

  private static DeploymentModel model(String text) {
    return Arrays.stream(DeploymentModel.values())
        .filter(model -> model.name().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                Refusal.invalid(
                    "there is no deployment model %s; there are GLOBAL and LOCAL".formatted(text)));
  }

  private static String known(String region) {
    if (!Regions.isKnown(region)) {
      throw Refusal.invalid(
          "there is no provider region %s; there are %s".formatted(region, Regions.names()));
    }
    return region;
  }

  private static String ofLocation(String location) {
    if (location.isEmpty()) {
      return Placement.USUAL.region();
    }
    String region = Regions.ofLocation(location);
    if (region == null) {
      throw Refusal.invalid(
          "there is no location %s; there are %s".formatted(location, Regions.locations()));
    }
    return region;
  }
}
