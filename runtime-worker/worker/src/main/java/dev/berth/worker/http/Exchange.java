package dev.berth.worker.http;

import dev.berth.invocation.Header;
import dev.berth.jsruntime.service.GuestServiceException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One request and its response, on a connection of their own, which is closed after them: no two
/// requests ever share one.
final class Exchange {

  private final HttpClientAgent client;
  private final Destinations destinations;
  private final OpenSockets.Socket socket;
  private final long mostBytes;

  /// @param socket whose connection it is
  /// @param mostBytes of the body of the response
  Exchange(
      HttpClientAgent client,
      Destinations destinations,
      OpenSockets.Socket socket,
      long mostBytes) {
    this.client = client;
    this.destinations = destinations;
    this.socket = socket;
    this.mostBytes = mostBytes;
  }

  /// Sends a request and takes the whole response in.
  Future<Received> send(
      HttpMethod method, Target target, List<Header> headers, @Nullable Buffer body) {
    return destinations
        .of(target)
        .compose(addresses -> connect(target, addresses, 0))
        .compose(connection -> roundTrip(connection, method, target, headers, body))
        .recover(failure -> Future.failedFuture(HttpErrors.forGuest(failure, target)));
  }

  /// Tries one address after the other, exactly those that were judged.
  private Future<HttpClientConnection> connect(Target target, List<InetAddress> addresses, int at) {
    String address = addresses.get(at).getHostAddress();
    var options =
        new HttpConnectOptions()
            .setServer(SocketAddress.inetSocketAddress(target.port(), address))
            .setHost(target.hostWithoutBrackets())
            .setPort(target.port())
            .setSsl(target.secure());
    return socket
        .connecting(() -> client.connect(options))
        .recover(
            failure ->
                at + 1 < addresses.size()
                    ? connect(target, addresses, at + 1)
                    : Future.failedFuture(failure));
  }

  private Future<Received> roundTrip(
      HttpClientConnection connection,
      HttpMethod method,
      Target target,
      List<Header> headers,
      @Nullable Buffer body) {
    socket.connected(connection::close);
    Promise<Received> received = Promise.promise();
    // Without it Vert.x writes to our log what a server does wrong.
    connection.exceptionHandler(received::tryFail);
    return connection
        .request(new RequestOptions().setMethod(method).setURI(target.uri()))
        .compose(
            request -> {
              request.exceptionHandler(received::tryFail);
              request
                  .response()
                  .onFailure(received::tryFail)
                  .onSuccess(response -> receive(response, received));
              write(request, target, headers, body);
              return received.future();
            })
        .onComplete(_ -> connection.close());
  }

  private static void write(
      HttpClientRequest request, Target target, List<Header> headers, @Nullable Buffer body) {
    // The text as it is: a negative port is not shown.
    request.authority(HostAndPort.create(target.authority(), -1));
    headers.forEach(header -> request.headers().add(header.name(), header.value()));
    if (body != null) {
      request.end(body);
    } else {
      if (!request.getMethod().equals(HttpMethod.GET)
          && !request.getMethod().equals(HttpMethod.HEAD)) {
        request.putHeader("Content-Length", "0");
      }
      request.end();
    }
  }

  private void receive(HttpClientResponse response, Promise<Received> received) {
    ReceivedBody body = new ReceivedBody();
    response.exceptionHandler(received::tryFail);
    response.handler(
        part -> {
          if (received.future().isComplete()) {
            return;
          }
          if (body.length() + (long) part.length() > mostBytes) {
            received.tryFail(tooLarge("the response is larger than " + mostBytes + " bytes"));
          } else if (!socket.receive(part.length())) {
            received.tryFail(tooLarge("too many responses are received at once"));
          } else {
            body.add(part);
          }
        });
    response.endHandler(
        _ ->
            received.tryComplete(
                new Received(
                    response.statusCode(),
                    String.valueOf(response.statusMessage()),
                    headers(response),
                    body)));
  }

  private static GuestServiceException tooLarge(String problem) {
    return new GuestServiceException("ReadSizeLimitExceeded", "http request: " + problem, null);
  }

  private static List<Header> headers(HttpClientResponse response) {
    List<Header> headers = new ArrayList<>();
    for (Map.Entry<String, String> header : response.headers()) {
      headers.add(new Header(header.getKey(), header.getValue()));
    }
    return headers;
  }
}
