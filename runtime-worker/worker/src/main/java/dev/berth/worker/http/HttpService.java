package dev.berth.worker.http;

import dev.berth.jsruntime.service.CallScope;
import dev.berth.jsruntime.service.GuestService;
import dev.berth.jsruntime.service.GuestServiceException;
import dev.berth.jsruntime.service.PassedLimitException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.TrustOptions;
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
final class HttpService implements GuestService {

  private final Outbound outbound;
  private final HttpClientAgent client;

  /// @param trust whose certificates are believed; `null` for those that the JDK believes
  HttpService(Outbound outbound, @Nullable TrustOptions trust) {
    this.outbound = outbound;
    HttpLimits limits = outbound.limits();
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
    this.client = outbound.vertx().createHttpClient(options);
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
      OpenSockets.Socket socket = outbound.of(scope).open();
      return send(request, socket).toCompletionStage();
    } catch (GuestServiceException | PassedLimitException failure) {
      return CompletableFuture.failedFuture(failure);
    }
  }

  private Future<BsonValue> send(OutboundRequest request, OpenSockets.Socket socket) {
    HttpLimits limits = outbound.limits();
    var exchange = new Exchange(client, outbound.destinations(), socket, limits.responseBytes());
    var fetch = new Fetch(request, exchange, socket, limits.redirects());
    Promise<BsonValue> answer = Promise.promise();
    outbound
        .vertx()
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
}
