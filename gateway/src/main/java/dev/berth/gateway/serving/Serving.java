package dev.berth.gateway.serving;

import dev.berth.gateway.door.Door;
import dev.berth.gateway.reply.Refusal;
import dev.berth.gateway.reply.ReplyWriter;
import dev.berth.gateway.request.BodyMemory;
import dev.berth.gateway.request.UploadWatch;
import dev.berth.gateway.route.AppRoutes;
import dev.berth.gateway.route.AppRouting;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What all requests of one listener share. Confined to its event loop.
public final class Serving {

  final EventLoop eventLoop;
  final UploadWatch uploads;
  final ReplyWriter replies;
  final CallsInFlight inFlight = new CallsInFlight();
  final RequestMetrics metrics;
  final BodyMemory bodies;
  private final Vertx vertx;
  private final Door door;
  private final RequestLimits limits;
  private final AppRouting routing;
  private final AdmissionRule homeRegion;
  private final List<AdmissionRule> admissionRules;
  private boolean leaving;

  private Serving(
      Vertx vertx,
      Door door,
      RequestLimits limits,
      AppRouting routing,
      RequestMetrics metrics,
      BodyMemory bodies) {
    this.metrics = metrics;
    this.bodies = bodies;
    this.door = door;
    this.homeRegion = new HomeRegion(door);
    this.admissionRules = List.of(new AllowedClients(door), new AllowedOrigins());
    this.vertx = vertx;
    this.eventLoop = EventLoop.current(vertx);
    this.limits = limits;
    this.routing = routing;
    this.uploads = new UploadWatch(vertx, limits.uploadIdleTimeout());
    this.replies = new ReplyWriter(vertx);
  }

  /// Called on the event loop that serves.
  ///
  /// @param bodies shared by all that serve in this process
  public static Serving on(
      Vertx vertx,
      Door door,
      RequestLimits limits,
      AppRouting routing,
      RequestMetrics metrics,
      BodyMemory bodies) {
    return new Serving(vertx, door, limits, routing, metrics, bodies);
  }

  public Vertx vertx() {
    return vertx;
  }

  public Door door() {
    return door;
  }

  public RequestLimits limits() {
    return limits;
  }

  public AppRouting routing() {
    return routing;
  }

  public ReplyWriter replies() {
    return replies;
  }

  /// Why an app does not take a request, going by its head alone; `null` when it does.
  public @Nullable Refusal refusal(AppRoutes routes, HttpServerRequest request) {
    Refusal elsewhere = homeRegion.refuse(routes, request);
    return elsewhere == null ? refusalAnywhere(routes, request) : elsewhere;
  }

  /// The same for a request that may come to any region.
  public @Nullable Refusal refusalAnywhere(AppRoutes routes, HttpServerRequest request) {
    for (AdmissionRule rule : admissionRules) {
      Refusal refusal = rule.refuse(routes, request);
      if (refusal != null) {
        return refusal;
      }
    }
    return null;
  }

  /// Who counts.
  public RequestMetrics metrics() {
    return metrics;
  }

  public boolean isDraining() {
    return inFlight.isDraining();
  }

  /// Whether requests should go elsewhere. They are served as long as they come.
  public boolean isLeaving() {
    return leaving || isDraining();
  }

  /// From now on `/health` sends requests elsewhere.
  public void leave() {
    leaving = true;
  }

  /// From now on requests are refused, and every reply ends its connection.
  ///
  /// @return completes when the last request in flight was answered
  public Future<Void> drain() {
    return inFlight.drain();
  }

  public void stop() {
    uploads.stop();
  }
}
