package dev.berth.identity.provider;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// Reads a published key set. Only over TLS, or from this machine; without following anybody
/// elsewhere; from no address that the operator keeps apps away from; and neither longer nor
/// larger than a key set takes.
final class KeySetReader {

  private static final int MOST_BYTES = 512 * 1024;
  private static final long PATIENCE_SECONDS = 5;
  private static final int OK = 200;
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

  private final Vertx vertx;
  private final Predicate<InetAddress> reachable;
  private final HttpClient client;

  KeySetReader(Vertx vertx, Predicate<InetAddress> reachable) {
    this.vertx = vertx;
    this.reachable = reachable;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout((int) TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS))
                .setIdleTimeout((int) PATIENCE_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS));
  }

  /// Whether keys may come from there.
  static boolean isAllowed(String uri) {
    try {
      URI parsed = new URI(uri);
      String host = parsed.getHost();
      if (host == null || parsed.getUserInfo() != null) {
        return false;
      }
      return "https".equalsIgnoreCase(parsed.getScheme())
          || ("http".equalsIgnoreCase(parsed.getScheme()) && THIS_MACHINE.contains(host));
    } catch (URISyntaxException malformed) {
      return false;
    }
  }

  /// Reads the set at an address.
  ///
  /// @return fails with a reason for the log
  Future<PublishedKeys> read(String uri) {
    if (!isAllowed(uri)) {
      return Future.failedFuture("keys are read over https only");
    }
    return address(URI.create(uri).getHost())
        .compose(address -> read(uri, address))
        .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /// Where a host is. Whoever connects uses exactly this address: asked again, the owner of the
  /// name may answer differently.
  private Future<InetAddress> address(String host) {
    return vertx
        .executeBlocking(() -> InetAddress.getAllByName(host), false)
        .map(Objects::requireNonNull)
        .compose(
            addresses ->
                Arrays.stream(addresses).allMatch(reachable)
                    ? Future.succeededFuture(addresses[0])
                    : Future.failedFuture("the host may not be reached"));
  }

  private Future<PublishedKeys> read(String uri, InetAddress address) {
    RequestOptions request =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setAbsoluteURI(uri)
            .setFollowRedirects(false)
            .putHeader("accept", "application/json");
    request.setServer(SocketAddress.inetSocketAddress(request.getPort(), address.getHostAddress()));
    return client
        .request(request)
        .compose(prepared -> prepared.send().compose(KeySetReader::body))
        .compose(
            body ->
                PublishedKeys.read(body.toString(StandardCharsets.UTF_8))
                    .map(Future::succeededFuture)
                    .orElseGet(() -> Future.failedFuture("the answer is no key set")));
  }

  private static Future<Buffer> body(HttpClientResponse response) {
    if (response.statusCode() != OK) {
      response.request().reset();
      return Future.failedFuture("the status of the answer is " + response.statusCode());
    }
    Promise<Buffer> promise = Promise.promise();
    Buffer body = Buffer.buffer();
    response.handler(
        part -> {
          body.appendBuffer(part);
          if (body.length() > MOST_BYTES && promise.tryFail("the answer is too large")) {
            response.request().reset();
          }
        });
    response.exceptionHandler(promise::tryFail);
    response.endHandler(_ -> promise.tryComplete(body));
    return promise.future();
  }
}
