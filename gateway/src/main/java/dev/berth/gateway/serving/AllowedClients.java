package dev.berth.gateway.serving;

import dev.berth.gateway.door.Door;
import dev.berth.gateway.reply.Refusal;
import dev.berth.gateway.route.AppRoutes;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/// The app's own list of addresses that may call it.
///
/// @param door knows the address of a client
record AllowedClients(Door door) implements AdmissionRule {

  @Override
  public @Nullable Refusal refuse(AppRoutes routes, HttpServerRequest request) {
    return routes.admitsEverybody() || routes.admits(door.clientOf(request))
        ? null
        : new Refusal.AddressNotAllowed();
  }
}
