package dev.berth.worker.http;

import dev.berth.appmodel.AppId;
import dev.berth.jsruntime.service.CallScope;
import dev.berth.jsruntime.service.GuestService;
import dev.berth.jsruntime.service.GuestServiceException;
import dev.berth.jsruntime.service.PassedLimitException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.TrustOptions;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// Sends HTTP requests for app code of any app.
///
/// Nothing outlives a request: no connection, no cookie, no login. So nothing of one app is ever
/// seen by another, and a connection that is open belongs to an invocation that runs.
///
/// Safe for use by any thread; answers arrive on event loops.
public final class HttpService implements GuestService {

  private final Vertx vertx;
  private final HttpLimits limits;
  private final HttpClientAgent client;
  private final Destinations destinations;
  private final ReceivedBytes budget;

  // By identity: two invocations are never the same, whatever their scopes think of equality.
  private final Map<CallScope, OpenSockets> invocations =
      Collections.synchronizedMap(new IdentityHashMap<>());

  /// Sends requests from an instance of Vert.x, whose end is the end of all connections.
  public HttpService(Vertx vertx, OutboundPolicy policy, HttpLimits limits) {
    this(vertx, policy, limits, new VertxHostResolver(vertx), null);
  }

  /// @param trust whose certificates are believed; `null` for those that the JDK believes
  HttpService(
      Vertx vertx,
      OutboundPolicy policy,
      HttpLimits limits,
      HostResolver resolver,
      @Nullable TrustOptions trust) {
    this.vertx = vertx;
    this.limits = limits;
    this.destinations = new Destinations(resolver, policy);
    this.budget = new ReceivedBytes(limits.bytesPerApp(), limits.bytesInAll());
    int patience = Math.toIntExact(limits.patience().toMillis());
    var options =
        new HttpClientOptions()
            .setProtocolVersion(HttpVersion.HTTP_1_1)
            .setKeepAlive(false)
            .setMaxHeaderSize(limits.headerBytes())
            .setConnectTimeout(patience)
            .setVerifyHost(true);
    options.setSslHandshakeTimeout(limits.patience().toMillis());
    options.setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
    options.setTrustOptions(trust);
    this.client = vertx.createHttpClient(options);
  }

  @Override
  public CompletionStage<BsonValue> call(
      CallScope scope, String operation, BsonDocument arguments) {
    try {
      if (!operation.equals("send")) {
        throw new GuestServiceException(
            "ServiceCommandNotFound", "the HTTP service has no such operation", null);
      }
      OutboundRequest request = RequestReader.read(arguments);
      OpenSockets.Socket socket = sockets(scope).open();
      return send(request, socket).toCompletionStage();
    } catch (GuestServiceException | PassedLimitException failure) {
      return CompletableFuture.failedFuture(failure);
    }
  }

  private Future<BsonValue> send(OutboundRequest request, OpenSockets.Socket socket) {
    var exchange = new Exchange(client, destinations, socket, limits.responseBytes());
    var fetch = new Fetch(request, exchange, socket, limits.redirects());
    Promise<BsonValue> answer = Promise.promise();
    vertx
        .getOrCreateContext()
        .runOnContext(
            _ ->
                fetch
                    .run()
                    .<BsonValue>map(ResponseForm::write)
                    .onComplete(result -> socket.close(result.succeeded()))
                    .onComplete(answer));
    return answer.future();
  }

  private OpenSockets sockets(CallScope scope) {
    OpenSockets known = invocations.get(scope);
    if (known != null) {
      return known;
    }
    AppId appId = scope.appId();
    var created = new OpenSockets(appId, limits.sockets(), budget);
    OpenSockets existing = invocations.putIfAbsent(scope, created);
    if (existing != null) {
      return existing;
    }
    // Runs at once when the invocation has ended already; then nothing can be opened any more.
    scope.onEnd(
        () -> {
          invocations.remove(scope);
          created.end();
        });
    return created;
  }

  /// How many invocations have sent a request and have not ended.
  int activeInvocations() {
    return invocations.size();
  }

  /// The bytes of bodies that are held now.
  long bytesHeld() {
    return budget.held();
  }
}
