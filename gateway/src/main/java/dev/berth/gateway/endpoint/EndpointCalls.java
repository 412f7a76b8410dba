package dev.berth.gateway.endpoint;

import dev.berth.gateway.authentication.Authenticator;
import dev.berth.gateway.authorization.Authorizer;
import dev.berth.gateway.door.Door;
import dev.berth.gateway.reply.ReplyWriter;
import dev.berth.gateway.request.UploadWatch;
import dev.berth.gateway.route.AppRouting;
import dev.berth.invocation.Invoker;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;

/// Serves the endpoint URLs of one listener. Confined to its event loop.
public final class EndpointCalls {

  /// What the gateway grants every call.
  ///
  /// @param maxConcurrentRequestsPerApp of all listeners of the process together
  public record Limits(
      long maxRequestBytes,
      Duration timeLimit,
      Duration uploadIdleTimeout,
      int maxConcurrentRequestsPerApp,
      Door door) {}

  final EventLoop eventLoop;
  final Limits limits;
  final AppRouting routing;
  final List<AdmissionRule> admissionRules;
  final List<Stage> stages;
  final Invoker invoker;
  final UploadWatch uploads;
  final ReplyWriter replies;
  final CallsInFlight inFlight = new CallsInFlight();

  private EndpointCalls(
      Vertx vertx, Limits limits, AppRouting routing, List<Stage> stages, Invoker invoker) {
    this.eventLoop = EventLoop.current(vertx);
    this.limits = limits;
    this.routing = routing;
    this.admissionRules = List.of(new AllowedOrigins());
    this.stages = List.copyOf(stages);
    this.invoker = invoker;
    this.uploads = new UploadWatch(vertx, limits.uploadIdleTimeout());
    this.replies = new ReplyWriter(vertx);
  }

  /// Called on the event loop that serves them. Authentication precedes authorization, and both
  /// precede the function.
  public static EndpointCalls on(
      Vertx vertx,
      Limits limits,
      AppRouting routing,
      Authenticator authenticator,
      Authorizer authorizer,
      Invoker invoker) {
    List<Stage> stages =
        List.of(new AuthenticationStage(authenticator), new AuthorizationStage(authorizer));
    return new EndpointCalls(vertx, limits, routing, stages, invoker);
  }

  public static boolean isEndpointPath(String path) {
    return path.startsWith(EndpointUrl.PREFIX);
  }

  public void handle(HttpServerRequest request, String path) {
    new CallInProgress(this, request).begin(path);
  }

  public boolean isDraining() {
    return inFlight.isDraining();
  }

  /// From now on requests are refused, and every reply ends its connection.
  ///
  /// @return completes when the last call in flight was answered
  public Future<Void> drain() {
    return inFlight.drain();
  }

  public void stop() {
    uploads.stop();
  }
}
