package dev.berth.gateway;

import dev.berth.catalog.AppCatalog;
import dev.berth.gateway.authentication.AccountsAuthenticator;
import dev.berth.gateway.authentication.Authenticator;
import dev.berth.gateway.authentication.Rights;
import dev.berth.gateway.authentication.SystemOnlyAuthenticator;
import dev.berth.gateway.authorization.Authorizer;
import dev.berth.gateway.authorization.ExpressionAuthorizer;
import dev.berth.gateway.authorization.SecretSchemesAuthorizer;
import dev.berth.gateway.clientapi.ClientApi;
import dev.berth.gateway.dataapi.DataApiCalls;
import dev.berth.gateway.door.Certificate;
import dev.berth.gateway.door.CertificateWatch;
import dev.berth.gateway.endpoint.EndpointCalls;
import dev.berth.gateway.listener.FrontDoor;
import dev.berth.gateway.listener.HttpListener;
import dev.berth.gateway.listener.SideDoor;
import dev.berth.gateway.listener.Tls;
import dev.berth.gateway.request.BodyMemory;
import dev.berth.gateway.route.AppRouting;
import dev.berth.gateway.serving.RequestLimits;
import dev.berth.gateway.serving.RequestMetrics;
import dev.berth.gateway.serving.Serving;
import dev.berth.identity.Accounts;
import dev.berth.invocation.Invoker;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerOptions;
import java.net.BindException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running gateway: the HTTP servers of one process, and the way to stop them.
///
/// Safe from any thread.
public final class Gateway {

  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

  /// Long enough for thousands of query parameters, short enough to hold one per connection.
  private static final int MAX_REQUEST_LINE_BYTES = 128 * 1024;

  private static final int HTTP2_STREAMS = 100;
  private static final int MAX_HEADER_BYTES = 64 * 1024;

  /// A connection on which nothing moves is closed this long after the longest call could have
  /// ended.
  private static final long IDLE_SECONDS_BEYOND_TIME_LIMIT = 60;

  /// Who waits to be let in waits for no long computation.
  private static final Duration EXPRESSION_FUNCTION_TIME_LIMIT = Duration.ofSeconds(30);

  private final Vertx vertx;
  private final GatewaySettings settings;
  private final AppRouting routing;
  private final List<HttpListener> listeners;
  private final String deploymentId;
  private final @Nullable CertificateWatch certificateWatch;
  private final AtomicReference<@Nullable Future<Void>> stopping = new AtomicReference<>();

  private Gateway(
      Vertx vertx,
      GatewaySettings settings,
      AppRouting routing,
      List<HttpListener> listeners,
      String deploymentId,
      @Nullable Tls tls) {
    this.vertx = vertx;
    this.settings = settings;
    this.routing = routing;
    this.listeners = List.copyOf(listeners);
    this.deploymentId = deploymentId;
    this.certificateWatch = tls == null ? null : tls.follow(vertx, this.listeners);
  }

  /// Starts a gateway for apps without users: only system functions run.
  public static Future<Gateway> start(
      Vertx vertx,
      GatewaySettings settings,
      AppCatalog catalog,
      Invoker invoker,
      BooleanSupplier ready) {
    AppRouting routing = AppRouting.following(catalog, settings.quota());
    return start(
        vertx,
        settings,
        routing,
        RequestMetrics.NONE,
        serving -> door(serving, new SystemOnlyAuthenticator(), invoker, null, null, ready));
  }

  /// Starts a gateway, with one listener per core on the same port.
  ///
  /// @param accounts the users of all apps; asked for with each request that needs them, never
  ///     before `ready`
  /// @param sideDoor who else answers on the same port; `null` for nobody
  /// @param ready whether `/health` may say so; asked for each such request, must not block
  /// @param metrics counts what is answered
  /// @return fails with a message fit for a person when it cannot listen
  public static Future<Gateway> start(
      Vertx vertx,
      GatewaySettings settings,
      AppCatalog catalog,
      Invoker invoker,
      Supplier<Accounts> accounts,
      @Nullable SideDoor sideDoor,
      BooleanSupplier ready,
      RequestMetrics metrics) {
    AppRouting routing = AppRouting.following(catalog, settings.quota());
    var rights = new Rights(accounts, invoker);
    var authenticator = new AccountsAuthenticator(accounts, rights);
    return start(
        vertx,
        settings,
        routing,
        metrics,
        serving ->
            door(
                serving,
                authenticator,
                invoker,
                ClientApi.on(
                    serving, accounts, rights, expressions(serving, invoker), invoker, ready),
                sideDoor,
                ready));
  }

  private static FrontDoor door(
      Serving serving,
      Authenticator authenticator,
      Invoker invoker,
      @Nullable ClientApi clientApi,
      @Nullable SideDoor sideDoor,
      BooleanSupplier ready) {
    Authorizer authorizer =
        new SecretSchemesAuthorizer(serving.vertx()).and(expressions(serving, invoker));
    return new FrontDoor(
        serving,
        EndpointCalls.on(serving, authenticator, authorizer, invoker),
        DataApiCalls.on(serving, authenticator, authorizer, invoker),
        clientApi,
        sideDoor,
        ready);
  }

  private static Future<Gateway> start(
      Vertx vertx,
      GatewaySettings settings,
      AppRouting routing,
      RequestMetrics metrics,
      Function<Serving, FrontDoor> doorOf) {
    Certificate certificate = settings.door().certificate();
    return certificate == null
        ? listen(vertx, settings, null, routing, metrics, doorOf)
        : Tls.open(vertx, certificate)
            .onFailure(_ -> routing.stopFollowing())
            .compose(tls -> listen(vertx, settings, tls, routing, metrics, doorOf));
  }

  private static Future<Gateway> listen(
      Vertx vertx,
      GatewaySettings settings,
      @Nullable Tls tls,
      AppRouting routing,
      RequestMetrics metrics,
      Function<Serving, FrontDoor> doorOf) {
    RequestLimits limits =
        new RequestLimits(
            settings.maxRequestBytes(), settings.timeLimit(), settings.uploadIdleTimeout());
    HttpServerOptions plain = serverOptions(settings);
    HttpServerOptions options = tls == null ? plain : tls.on(plain);
    List<HttpListener> listeners = new CopyOnWriteArrayList<>();
    BodyMemory bodies = BodyMemory.ofThisProcess();
    return vertx
        .deployVerticle(
            () -> {
              HttpListener listener =
                  new HttpListener(
                      options,
                      loop ->
                          doorOf.apply(
                              Serving.on(loop, settings.door(), limits, routing, metrics, bodies)));
              listeners.add(listener);
              return listener;
            },
            new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors()))
        .map(deployed -> new Gateway(vertx, settings, routing, listeners, deployed, tls))
        .onSuccess(Gateway::logStarted)
        .onFailure(_ -> routing.stopFollowing())
        .recover(cause -> Future.failedFuture(readable(cause, settings)));
  }

  public int actualPort() {
    return listeners.getFirst().actualPort();
  }

  /// Says at `/health` that requests should go elsewhere, and serves on until it is stopped, so
  /// that those who distribute requests see it in time.
  public void leave() {
    LOG.atInfo().log("gateway leaves");
    listeners.forEach(HttpListener::leave);
  }

  /// Refuses new requests, waits for those in flight up to the drain timeout, then closes.
  public Future<Void> stop() {
    Future<Void> running = stopping.get();
    if (running != null) {
      return running;
    }
    Promise<Void> stopped = Promise.promise();
    if (!stopping.compareAndSet(null, stopped.future())) {
      return stop();
    }
    LOG.atInfo().log("gateway stops");
    if (certificateWatch != null) {
      certificateWatch.stop();
    }
    Future.join(
            listeners.stream().map(listener -> listener.drain(settings.drainTimeout())).toList())
        .transform(_ -> vertx.undeploy(deploymentId))
        .onComplete(_ -> routing.stopFollowing())
        .onComplete(stopped);
    return stopped.future();
  }

  private static ExpressionAuthorizer expressions(Serving serving, Invoker invoker) {
    Duration functionTimeLimit =
        Collections.min(List.of(serving.limits().timeLimit(), EXPRESSION_FUNCTION_TIME_LIMIT));
    return new ExpressionAuthorizer(invoker, functionTimeLimit);
  }

  private void logStarted() {
    LOG.atInfo()
        .addKeyValue("host", settings.host())
        .addKeyValue("port", actualPort())
        .addKeyValue("tls", certificateWatch != null)
        .addKeyValue("listeners", listeners.size())
        .log("gateway listens");
  }

  private static HttpServerOptions serverOptions(GatewaySettings settings) {
    return new HttpServerOptions()
        .setHost(settings.host())
        .setPort(settings.port() == 0 ? sharedFreePort() : settings.port())
        .setStrictThreadMode(true)
        .setHttp2ClearTextEnabled(false)
        // No endpoint is a WebSocket, and without these each message passes one handler less.
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false)
        .setMaxInitialLineLength(MAX_REQUEST_LINE_BYTES)
        .setMaxHeaderSize(MAX_HEADER_BYTES)
        // HTTP/2 counts both together, and has 8 KB of its own otherwise.
        .setInitialSettings(
            new Http2Settings()
                .setMaxConcurrentStreams(HTTP2_STREAMS)
                .setMaxHeaderListSize(MAX_REQUEST_LINE_BYTES + MAX_HEADER_BYTES))
        .setIdleTimeoutUnit(TimeUnit.SECONDS)
        .setIdleTimeout(
            Math.toIntExact(settings.timeLimit().toSeconds() + IDLE_SECONDS_BEYOND_TIME_LIMIT));
  }

  /// To Vert.x a negative port is a free one that all servers with the same number share.
  private static int sharedFreePort() {
    return -1 - ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE);
  }

  private static Throwable readable(Throwable cause, GatewaySettings settings) {
    String place = settings.host() + ":" + settings.port();
    return cause instanceof BindException
        ? new IllegalStateException(
            "cannot listen on %s: the port is in use or not ours (%s)"
                .formatted(place, cause.getMessage()),
            cause)
        : new IllegalStateException("cannot start the gateway on " + place, cause);
  }
}
