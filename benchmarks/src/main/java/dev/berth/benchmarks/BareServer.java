package dev.berth.benchmarks;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;

/// What Berth is compared with: a Vert.x server that reads the body and answers a constant, with
/// as many event loops as the gateway has. It is the ceiling of any Vert.x program.
public final class BareServer {

  private static final String PATH = "/hello";
  private static final Buffer ANSWER = Buffer.buffer("{\"message\":\"hello\",\"length\":16}");

  private BareServer() {}

  /// Starts the server. With the argument `router`, the one that most programs would write: a
  /// router and a body handler.
  public static void main(String[] args) {
    boolean routed = args.length > 0 && args[0].equals("router");
    Vertx vertx = Vertx.vertx();
    vertx
        .deployVerticle(
            () -> new Listener(routed),
            new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors()))
        .onFailure(
            cause -> {
              System.err.println("the bare server cannot start: " + cause);
              System.exit(1);
            });
  }

  private static final class Listener extends VerticleBase {

    private final boolean routed;

    Listener(boolean routed) {
      this.routed = routed;
    }

    @Override
    public Future<?> start() {
      // A negative port is a free one that all listeners share.
      return vertx
          .createHttpServer()
          .requestHandler(routed ? router() : BareServer::answerRequest)
          .listen(-1, "127.0.0.1")
          .onSuccess(
              server ->
                  new Announcement(server.actualPort(), PATH, routed ? "router" : "no router")
                      .print());
    }

    private Handler<HttpServerRequest> router() {
      Router router = Router.router(vertx);
      router.post(PATH).handler(BodyHandler.create(false)).handler(c -> answer(c.response()));
      return router;
    }
  }

  private static void answerRequest(HttpServerRequest request) {
    request.body().onSuccess(_ -> answer(request.response()));
  }

  private static void answer(HttpServerResponse response) {
    response.putHeader("Content-Type", "application/json").end(ANSWER);
  }
}
