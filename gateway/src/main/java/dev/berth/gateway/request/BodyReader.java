package dev.berth.gateway.request;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/// Reads the body of one request into memory, up to a limit. Confined to the request's event
/// loop.
public final class BodyReader {

  /// How reading ended; the future that carries it never fails.
  public sealed interface Reading {

    /// Everything was read.
    ///
    /// @param body `null` when the request has none
    record Complete(@Nullable Buffer body) implements Reading {}

    /// The body is larger than the limit; the rest of it is dropped as it comes.
    record TooLarge() implements Reading {}

    /// The bodies of all requests take as much memory as they may.
    record NoRoom() implements Reading {}

    /// Nothing came for too long.
    record Stalled() implements Reading {}

    /// The client went away, or sent what is not HTTP.
    record Broken() implements Reading {}
  }

  private static final Future<Reading> NO_BODY = Future.succeededFuture(new Reading.Complete(null));
  private static final Future<Reading> TOO_LARGE = Future.succeededFuture(new Reading.TooLarge());

  private final UploadWatch watch;
  private final long limit;
  private final BodyMemory.@Nullable Share memory;
  private final Promise<Reading> reading = Promise.promise();
  private @Nullable Buffer first;
  private @Nullable Buffer all;
  private long received;
  private long lastSignOfLife;
  private boolean ended;

  /// @param memory `null` when nothing is kept
  private BodyReader(UploadWatch watch, long limit, BodyMemory.@Nullable Share memory) {
    this.watch = watch;
    this.limit = limit;
    this.memory = memory;
    this.lastSignOfLife = watch.now();
  }

  /// Reads the body. Must be called while the request is handled, before any of it is dropped.
  ///
  /// @param limit the most bytes that are kept
  /// @param memory what they are taken of
  public static Future<Reading> read(
      HttpServerRequest request, long limit, UploadWatch watch, BodyMemory.Share memory) {
    if (announcesNoBody(request)) {
      return NO_BODY;
    }
    if (announcedLength(request) > limit) {
      return TOO_LARGE;
    }
    if (awaitsContinue(request)) {
      request.response().writeContinue();
    }
    return new BodyReader(watch, limit, memory).follow(request);
  }

  /// Lets a body that nobody wants pass by, so that the connection stays usable: the reading is
  /// complete with no body. A client that would have to send much is not asked to.
  public static Future<Reading> drop(HttpServerRequest request, long limit, UploadWatch watch) {
    if (announcesNoBody(request)) {
      return NO_BODY;
    }
    if (announcedLength(request) > limit || awaitsContinue(request)) {
      return TOO_LARGE;
    }
    return new BodyReader(watch, limit, null).follow(request);
  }

  /// HTTP/2 need not announce anything: there the end of the stream tells.
  private static boolean announcesNoBody(HttpServerRequest request) {
    return request.version() == HttpVersion.HTTP_2
        ? "0".equals(request.getHeader(HttpHeaders.CONTENT_LENGTH))
        : announcedLength(request) == 0
            && !request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
  }

  private static boolean awaitsContinue(HttpServerRequest request) {
    String expect = request.getHeader(HttpHeaders.EXPECT);
    return expect != null && expect.equalsIgnoreCase("100-continue");
  }

  /// 0 without a `Content-Length`. The decoder has refused lengths that are no number.
  private static long announcedLength(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    if (length == null) {
      return 0;
    }
    try {
      return Long.parseLong(length);
    } catch (NumberFormatException tooLong) {
      return Long.MAX_VALUE;
    }
  }

  private Future<Reading> follow(HttpServerRequest request) {
    request.handler(this::onChunk);
    request.endHandler(_ -> onEnd());
    request.exceptionHandler(_ -> end(new Reading.Broken()));
    watch.add(this);
    return reading.future();
  }

  long lastSignOfLife() {
    return lastSignOfLife;
  }

  void endStalled() {
    end(new Reading.Stalled());
  }

  private void onChunk(Buffer chunk) {
    lastSignOfLife = watch.now();
    received += chunk.length();
    if (ended) {
      return;
    }
    if (received > limit) {
      end(new Reading.TooLarge());
    } else if (memory == null) {
      return;
    } else if (!memory.take(chunk.length())) {
      end(new Reading.NoRoom());
    } else if (all != null) {
      all.appendBuffer(chunk);
    } else if (first != null) {
      // Grows with what really came: an announced length is not worth any memory yet.
      all = Buffer.buffer().appendBuffer(first).appendBuffer(chunk);
    } else {
      first = chunk;
    }
  }

  private void onEnd() {
    Buffer body = all != null ? all : first;
    end(new Reading.Complete(body == null || body.length() == 0 ? null : body));
  }

  private void end(Reading how) {
    if (!ended) {
      ended = true;
      first = null;
      all = null;
      watch.remove(this);
      reading.complete(how);
    }
  }
}
