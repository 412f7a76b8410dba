package dev.berth.controlplane.admin;

import dev.berth.controlplane.refusal.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;

/// Reads the body of a request that was paused. Of one event loop.
final class RequestBody {

  /// For the next piece of it.
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpServerRequest request;
  private final ByteBudget.Share share;
  private final int most;
  private final Buffer body = Buffer.buffer();
  private final Promise<Buffer> read = Promise.promise();
  private boolean hasMoved;

  private RequestBody(HttpServerRequest request, ByteBudget.Share share, int most) {
    this.request = request;
    this.share = share;
    this.most = most;
  }

  /// The whole body.
  ///
  /// @param share pays for it, and is given back by the caller, whatever becomes of it
  /// @param most bytes that this one may have
  /// @return fails with a [Refusal] when it is too large, when there is no room for it now, and
  ///     when it does not come
  static Future<Buffer> of(
      Vertx vertx, HttpServerRequest request, ByteBudget.Share share, int most) {
    return new RequestBody(request, share, most).read(vertx);
  }

  private Future<Buffer> read(Vertx vertx) {
    if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
      request.response().writeContinue();
    }
    long timer = vertx.setPeriodic(PATIENCE.toMillis(), _ -> requireMoved());
    request.handler(this::add);
    request.endHandler(_ -> read.tryComplete(body));
    request.exceptionHandler(read::tryFail);
    request.resume();
    return read.future().onComplete(_ -> vertx.cancelTimer(timer));
  }

  private void requireMoved() {
    if (!hasMoved) {
      read.tryFail(Refusal.invalid("the request body does not come"));
    }
    hasMoved = false;
  }

  private void add(Buffer chunk) {
    hasMoved = true;
    if (read.future().isComplete()) {
      return;
    }
    if (body.length() + chunk.length() > most) {
      read.tryFail(
          Refusal.of(
              Refusal.Kind.TOO_LARGE,
              "ReadSizeLimitExceeded",
              "the request body is larger than " + most + " bytes"));
    } else if (!share.take(chunk.length())) {
      read.tryFail(
          Refusal.of(
              Refusal.Kind.UNAVAILABLE,
              "TooManyRequests",
              "others send too much at this moment: try again in a few seconds"));
    } else {
      body.appendBuffer(chunk);
    }
  }
}
