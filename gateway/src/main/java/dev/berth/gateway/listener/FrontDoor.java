package dev.berth.gateway.listener;

import dev.berth.gateway.door.Door;
import dev.berth.gateway.endpoint.EndpointCalls;
import dev.berth.gateway.reply.Health;
import dev.berth.gateway.reply.Refusal;
import dev.berth.gateway.reply.Refusals;
import dev.berth.gateway.reply.Reply;
import dev.berth.gateway.reply.ReplyWriter;
import dev.berth.invocation.RequestId;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.BooleanSupplier;

/// Sends each request of one listener to the part of the gateway that serves its URL.
final class FrontDoor {

  private static final String HEALTH = "/health";

  private final Door door;
  private final EndpointCalls endpoints;
  private final ReplyWriter replies;
  private final BooleanSupplier ready;

  FrontDoor(Door door, EndpointCalls endpoints, ReplyWriter replies, BooleanSupplier ready) {
    this.door = door;
    this.endpoints = endpoints;
    this.replies = replies;
    this.ready = ready;
  }

  void handle(HttpServerRequest request) {
    String path = request.path();
    if (HEALTH.equals(path) && asks(request)) {
      answer(request, health().reply());
    } else if (!door.admits(request)) {
      answer(request, Refusals.reply(new Refusal.AddressNotAllowed()));
    } else if (path != null && EndpointCalls.isEndpointPath(path)) {
      endpoints.handle(request, path);
    } else {
      answer(request, Refusals.reply(new Refusal.PageNotFound()));
    }
  }

  /// Answers what the decoder gave up on; the connection ends, because nothing after it is sure.
  void handleUnreadable(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    Refusal refusal =
        switch (cause) {
          case TooLongHttpLineException _ -> new Refusal.UrlTooLong();
          case TooLongHttpHeaderException _ -> new Refusal.HeadersTooLarge();
          case null, default -> new Refusal.Malformed();
        };
    replies.writeLast(request, Refusals.reply(refusal), RequestId.next());
  }

  private Health health() {
    if (endpoints.isDraining()) {
      return Health.DRAINING;
    }
    return ready.getAsBoolean() ? Health.READY : Health.STARTING;
  }

  private static boolean asks(HttpServerRequest request) {
    return request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
  }

  /// Nobody has a reason to send these URLs a body, so a connection with one ends.
  private void answer(HttpServerRequest request, Reply reply) {
    boolean last = endpoints.isDraining() || mayHaveBody(request);
    if (last) {
      replies.writeLast(request, reply, RequestId.next());
    } else {
      replies.write(request, reply, RequestId.next());
    }
  }

  private static boolean mayHaveBody(HttpServerRequest request) {
    return request.headers().contains("Content-Length")
        || request.headers().contains("Transfer-Encoding");
  }
}
