package dev.berth.gateway.listener;

import dev.berth.gateway.door.Door;
import dev.berth.gateway.endpoint.EndpointCalls;
import dev.berth.gateway.reply.ReplyWriter;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One event loop's share of the gateway: a server on the common port and what serves its
/// requests.
public final class HttpListener extends VerticleBase {

  private static final Logger LOG = LoggerFactory.getLogger(HttpListener.class);

  private final HttpServerOptions options;
  private final Door door;
  private final Function<Vertx, EndpointCalls> endpointsOn;
  private final BooleanSupplier ready;
  private @Nullable EndpointCalls endpoints;
  private @Nullable HttpServer server;

  /// A listener that is not started yet.
  ///
  /// @param endpointsOn makes the endpoint service; called on the event loop of this listener
  /// @param ready whether `/health` may say so
  public HttpListener(
      HttpServerOptions options,
      Door door,
      Function<Vertx, EndpointCalls> endpointsOn,
      BooleanSupplier ready) {
    this.options = options;
    this.door = door;
    this.endpointsOn = endpointsOn;
    this.ready = ready;
  }

  @Override
  public Future<?> start() {
    EndpointCalls calls = endpointsOn.apply(vertx);
    FrontDoor front = new FrontDoor(door, calls, new ReplyWriter(vertx), ready);
    endpoints = calls;
    server =
        vertx
            .createHttpServer(options)
            .requestHandler(front::handle)
            .invalidRequestHandler(front::handleUnreadable);
    return server.listen().onFailure(_ -> calls.stop());
  }

  /// The port that it listens on, once started.
  public int actualPort() {
    if (server == null) {
      throw new IllegalStateException("the listener was not started");
    }
    return server.actualPort();
  }

  /// Shows another certificate to those who connect from now on. Callable from any thread.
  ///
  /// @return fails when it cannot be used; the old one is shown then
  Future<?> show(ServerSSLOptions certificate) {
    return server == null
        ? Future.succeededFuture()
        : server.updateSSLOptions(certificate, true);
  }

  /// Refuses new requests and waits for those in flight, up to the timeout. The port stays open
  /// meanwhile, so that `/health` can say what goes on. Callable from any thread; never fails.
  public Future<Void> drain(Duration timeout) {
    Promise<Void> drained = Promise.promise();
    Context loop = context;
    EndpointCalls calls = endpoints;
    if (calls == null) {
      return Future.succeededFuture();
    }
    loop.runOnContext(
        _ ->
            calls
                .drain()
                .timeout(Math.max(1, timeout.toMillis()), TimeUnit.MILLISECONDS)
                .onFailure(_ -> LOG.atWarn().log("requests were still in flight after the drain"))
                .onComplete(_ -> drained.complete()));
    return drained.future();
  }

  @Override
  public Future<?> stop() {
    if (endpoints != null) {
      endpoints.stop();
    }
    return server == null ? Future.succeededFuture() : server.close();
  }
}
