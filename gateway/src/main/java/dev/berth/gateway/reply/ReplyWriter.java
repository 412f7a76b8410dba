package dev.berth.gateway.reply;

import dev.berth.invocation.Header;
import dev.berth.invocation.RequestId;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;

/// Writes replies. Called on the event loop of the request.
public final class ReplyWriter {

  private static final CharSequence REQUEST_ID = HttpHeaders.createOptimized("X-Berth-Request-Id");
  private static final CharSequence ZERO = HttpHeaders.createOptimized("0");
  private static final long LINGER_MILLIS = 1000;

  /// Of HTTP/2.
  private static final long NO_ERROR = 0;

  private final Vertx vertx;

  public ReplyWriter(Vertx vertx) {
    this.vertx = vertx;
  }

  /// Writes a reply, names the request in it, and completes when it left or cannot leave any
  /// more.
  public Future<Void> write(HttpServerRequest request, Reply reply, RequestId id) {
    HttpServerResponse response = request.response();
    response.headers().set(REQUEST_ID, id.value());
    return write(request, response, reply);
  }

  /// Writes all of a reply but its body, which comes in parts and has no length yet.
  public void writeHead(HttpServerRequest request, Reply reply, RequestId id) {
    HttpServerResponse response = request.response();
    response.headers().set(REQUEST_ID, id.value());
    response.setStatusCode(reply.status()).setChunked(true);
    for (Header header : reply.headers()) {
      response.headers().add(header.name(), header.value());
    }
  }

  /// Like [#write], and ends the connection afterwards; of HTTP/2 only the stream.
  public Future<Void> writeLast(HttpServerRequest request, Reply reply, RequestId id) {
    if (request.version() == HttpVersion.HTTP_2) {
      return write(request, reply, id).onComplete(_ -> endStream(request));
    }
    request.response().headers().set(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    return write(request, reply, id).onComplete(_ -> close(request));
  }

  /// One stream of many: the others go on, and this one takes no more.
  private static void endStream(HttpServerRequest request) {
    if (!request.isEnded()) {
      request.response().reset(NO_ERROR);
    }
  }

  /// Closing while the client still sends would make its system drop the reply unread, so what
  /// comes is thrown away for a moment first.
  private void close(HttpServerRequest request) {
    HttpConnection connection = request.connection();
    if (request.isEnded()) {
      connection.close();
      return;
    }
    long timer = vertx.setTimer(LINGER_MILLIS, _ -> connection.close());
    request.handler(_ -> {});
    request.exceptionHandler(_ -> vertx.cancelTimer(timer));
    request.endHandler(
        _ -> {
          vertx.cancelTimer(timer);
          connection.close();
        });
  }

  private static Future<Void> write(
      HttpServerRequest request, HttpServerResponse response, Reply reply) {
    response.setStatusCode(reply.status());
    MultiMap headers = response.headers();
    for (Header header : reply.headers()) {
      headers.add(header.name(), header.value());
    }
    Buffer body = reply.body();
    if (body == null) {
      if (reply.status() != 204 && reply.status() != 304) {
        headers.set(HttpHeaders.CONTENT_LENGTH, ZERO);
      }
      return response.end();
    }
    if (request.method().equals(HttpMethod.HEAD)) {
      headers.set(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
      return response.end();
    }
    return response.end(body);
  }
}
