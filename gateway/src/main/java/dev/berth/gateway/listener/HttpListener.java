package dev.berth.gateway.listener;

import dev.berth.gateway.serving.Serving;
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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One event loop's share of the gateway: a server on the common port and what serves its
/// requests.
public final class HttpListener extends VerticleBase {

  private static final Logger LOG = LoggerFactory.getLogger(HttpListener.class);

  private final HttpServerOptions options;
  private final Function<Vertx, FrontDoor> doorOn;
  private @Nullable Serving serving;
  private @Nullable HttpServer server;

  /// A listener that is not started yet.
  ///
  /// @param doorOn makes what serves; called on the event loop of this listener
  public HttpListener(HttpServerOptions options, Function<Vertx, FrontDoor> doorOn) {
    this.options = options;
    this.doorOn = doorOn;
  }

  @Override
  public Future<?> start() {
    FrontDoor door = doorOn.apply(vertx);
    serving = door.serving();
    server =
        vertx
            .createHttpServer(options)
            .requestHandler(door::handle)
            .invalidRequestHandler(door::handleUnreadable);
    return server.listen().onFailure(_ -> door.serving().stop());
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
    return server == null ? Future.succeededFuture() : server.updateSSLOptions(certificate, true);
  }

  /// Says at `/health` that requests should go elsewhere, and serves on. Callable from any
  /// thread.
  public void leave() {
    Serving open = serving;
    if (open != null) {
      context.runOnContext(_ -> open.leave());
    }
  }

  /// Refuses new requests and waits for those in flight, up to the timeout. The port stays open
  /// meanwhile, so that `/health` can say what goes on. Callable from any thread; never fails.
  public Future<Void> drain(Duration timeout) {
    Promise<Void> drained = Promise.promise();
    Context loop = context;
    Serving open = serving;
    if (open == null) {
      return Future.succeededFuture();
    }
    loop.runOnContext(
        _ ->
            open.drain()
                .timeout(Math.max(1, timeout.toMillis()), TimeUnit.MILLISECONDS)
                .onFailure(_ -> LOG.atWarn().log("requests were still in flight after the drain"))
                .onComplete(_ -> drained.complete()));
    return drained.future();
  }

  @Override
  public Future<?> stop() {
    if (serving != null) {
      serving.stop();
    }
    return server == null ? Future.succeededFuture() : server.close();
  }
}
