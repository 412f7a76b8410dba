package dev.berth.gateway.serving;

import dev.berth.gateway.reply.Refusal;
import dev.berth.gateway.route.AppRoutes;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The app's list of origins that browsers may call from; an empty one allows all.
///
/// A request without an `Origin` comes from no browser page and passes.
final class AllowedOrigins implements AdmissionRule {

  @Override
  public @Nullable Refusal refuse(AppRoutes routes, HttpServerRequest request) {
    List<String> allowed = routes.app().definition().allowedRequestOrigins();
    if (allowed.isEmpty()) {
      return null;
    }
    List<String> origins = request.headers().getAll(HttpHeaders.ORIGIN);
    boolean listed =
        origins.stream().allMatch(origin -> allowed.stream().anyMatch(origin::equalsIgnoreCase));
    return listed ? null : new Refusal.OriginNotAllowed();
  }
}
