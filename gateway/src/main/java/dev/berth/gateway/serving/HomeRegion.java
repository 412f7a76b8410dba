package dev.berth.gateway.serving;

import dev.berth.appmodel.AppDefinition;
import dev.berth.appmodel.DeploymentModel;
import dev.berth.appmodel.region.Placement;
import dev.berth.catalog.DeployedApp;
import dev.berth.gateway.door.Door;
import dev.berth.gateway.reply.Refusal;
import dev.berth.gateway.route.AppRoutes;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/// An app that is local to a region with a name of its own is asked for there.
///
/// @param door knows the regions, and the name that a client used
record HomeRegion(Door door) implements AdmissionRule {

  @Override
  public @Nullable Refusal refuse(AppRoutes routes, HttpServerRequest request) {
    DeployedApp app = routes.app();
    AppDefinition definition = app.definition();
    if (definition.deploymentModel() == DeploymentModel.GLOBAL || door.regions().isEmpty()) {
      return null;
    }
    String region = definition.providerRegion();
    String url = door.regions().urlOf(Placement.of(definition));
    return url != null && door.isElsewhere(request, region)
        ? new Refusal.OtherRegion(app.id().value(), region, url)
        : null;
  }
}
