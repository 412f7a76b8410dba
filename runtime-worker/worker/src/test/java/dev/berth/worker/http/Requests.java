package dev.berth.worker.http;

import dev.berth.jsruntime.service.CallScope;
import dev.berth.jsruntime.service.GuestService;
import dev.berth.jsruntime.service.GuestServiceException;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.TrustOptions;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// The service, and servers on loopback that it may talk to.
final class Requests implements AutoCloseable {

  /// Between two looks: short for a test, long for the processors that are looked at.
  private static final long POLL_NANOS = 1_000_000;

  static final HttpLimits LIMITS =
      new HttpLimits(3, 100_000, 150_000, 200_000, 8192, 3, Duration.ofSeconds(5));

  /// Where servers listen that functions may reach under [#RESTRICTED].
  static final String ALLOWED = "127.0.0.2";

  /// Where servers listen that they may not.
  static final String FORBIDDEN = "127.0.0.3";

  static final OutboundPolicy RESTRICTED = OutboundPolicy.parse("public,+" + ALLOWED);

  final Vertx vertx = Vertx.vertx();
  final Outbound outbound;
  final GuestService service;
  final GuestService net;
  final TestScope scope = new TestScope("app-one");

  private Requests(
      OutboundPolicy policy, @Nullable HostResolver resolver, @Nullable TrustOptions trust) {
    this(policy, resolver, trust, LIMITS);
  }

  private Requests(
      OutboundPolicy policy,
      @Nullable HostResolver resolver,
      @Nullable TrustOptions trust,
      HttpLimits limits) {
    HostResolver used = resolver == null ? new VertxHostResolver(vertx) : resolver;
    outbound = new Outbound(vertx, policy, limits, used);
    OutboundServices services = OutboundServices.of(outbound, trust);
    service = services.http();
    net = services.net();
  }

  static Requests anywhere() {
    return new Requests(OutboundPolicy.any(), null, null);
  }

  static Requests trusting(TrustOptions trust, HostResolver resolver) {
    return new Requests(OutboundPolicy.any(), resolver, trust);
  }

  /// With the limits of production.
  static Requests roomy() {
    return new Requests(RESTRICTED, null, null, HttpLimits.standard());
  }

  static Requests restricted() {
    return new Requests(RESTRICTED, null, null);
  }

  static Requests restricted(HostResolver resolver) {
    return under(RESTRICTED, resolver);
  }

  static Requests under(OutboundPolicy policy, HostResolver resolver) {
    return new Requests(policy, resolver, null);
  }

  static Future<List<InetAddress>> addresses(String... literals) {
    return Future.succeededFuture(List.of(literals).stream().map(InetAddress::ofLiteral).toList());
  }

  /// Starts an HTTP server and gives its port.
  int serve(String host, Handler<HttpServerRequest> handler) {
    return serve(new HttpServerOptions().setHost(host).setPort(0), handler);
  }

  int serve(Handler<HttpServerRequest> handler) {
    return serve(ALLOWED, handler);
  }

  int serve(HttpServerOptions options, Handler<HttpServerRequest> handler) {
    return join(vertx.createHttpServer(options).requestHandler(handler).listen()).actualPort();
  }

  /// Starts a server that speaks whatever it likes.
  int serveRaw(Handler<NetSocket> handler) {
    return join(vertx.createNetServer().connectHandler(handler).listen(0, ALLOWED)).actualPort();
  }

  static <T> T join(Future<T> future) {
    return join(future.toCompletionStage().toCompletableFuture());
  }

  static <T> T join(CompletableFuture<T> future) {
    return future.orTimeout(60, TimeUnit.SECONDS).join();
  }

  CompletableFuture<BsonDocument> send(CallScope from, BsonDocument arguments) {
    return service
        .call(from, "send", arguments)
        .thenApply(answer -> answer.asDocument())
        .toCompletableFuture();
  }

  CompletableFuture<BsonDocument> send(String arguments) {
    return send(scope, BsonDocument.parse(arguments));
  }

  CompletableFuture<BsonValue> net(String operation, String arguments) {
    return net.call(scope, operation, BsonDocument.parse(arguments)).toCompletableFuture();
  }

  /// Makes a connection and gives its number.
  int connect(String host, int port) {
    return join(net("connect", "{host: '%s', port: %d}".formatted(host, port)))
        .asDocument()
        .getInt32("id")
        .getValue();
  }

  /// The response to a request that succeeds.
  BsonDocument response(String arguments) {
    return join(send(arguments));
  }

  /// Why a request failed.
  GuestServiceException failure(String arguments) {
    return failure(send(arguments));
  }

  static GuestServiceException failure(CompletableFuture<?> answer) {
    try {
      join(answer);
    } catch (CompletionException e) {
      if (e.getCause() instanceof GuestServiceException failure) {
        return failure;
      }
      throw e;
    }
    throw new AssertionError("the request succeeded");
  }

  /// Waits until something holds that nothing announces.
  static void await(BooleanSupplier condition) {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > until) {
        throw new AssertionError("it never came to hold");
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  @Override
  public void close() {
    join(vertx.close());
  }
}
