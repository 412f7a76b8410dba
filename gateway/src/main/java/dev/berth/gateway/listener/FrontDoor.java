package dev.berth.gateway.listener;

import dev.berth.gateway.clientapi.ClientApi;
import dev.berth.gateway.dataapi.DataApiCalls;
import dev.berth.gateway.endpoint.EndpointCalls;
import dev.berth.gateway.reply.Health;
import dev.berth.gateway.reply.Refusal;
import dev.berth.gateway.reply.Refusals;
import dev.berth.gateway.reply.Reply;
import dev.berth.gateway.serving.Serving;
import dev.berth.invocation.RequestId;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Sends each request of one listener to the part of the gateway that serves its URL.
///
/// @param clientApi `null` in a gateway for apps without users
/// @param sideDoor `null` when nobody else is served on the port
/// @param ready whether requests may come; asked on each that wants to know, must not block
public record FrontDoor(
    Serving serving,
    EndpointCalls endpoints,
    DataApiCalls dataApi,
    @Nullable ClientApi clientApi,
    @Nullable SideDoor sideDoor,
    BooleanSupplier ready) {

  private static final String HEALTH = "/health";

  void handle(HttpServerRequest request) {
    String path = request.path();
    if (HEALTH.equals(path) && asks(request)) {
      answer(request, health().reply());
    } else if (!serving.door().admits(request)) {
      answer(request, Refusals.reply(new Refusal.AddressNotAllowed()));
    } else if (path != null && EndpointCalls.isEndpointPath(path)) {
      if (!dataApi.handle(request, path)) {
        endpoints.handle(request, path);
      }
    } else if (path != null && clientApi != null && ClientApi.isClientPath(path)) {
      clientApi.handle(request, path);
    } else if (path != null && sideDoor != null && sideDoor.takes(path)) {
      sideDoor.handle(request, serving.door().clientOf(request), serving.door().urlFor(request));
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
    serving.replies().writeLast(request, Refusals.reply(refusal), RequestId.next());
  }

  private Health health() {
    if (serving.isLeaving()) {
      return Health.DRAINING;
    }
    return ready.getAsBoolean() ? Health.READY : Health.STARTING;
  }

  private static boolean asks(HttpServerRequest request) {
    return request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
  }

  /// Nobody has a reason to send these URLs a body, so a connection with one ends.
  private void answer(HttpServerRequest request, Reply reply) {
    boolean last = serving.isDraining() || mayHaveBody(request);
    if (last) {
      serving.replies().writeLast(request, reply, RequestId.next());
    } else {
      serving.replies().write(request, reply, RequestId.next());
    }
  }

  private static boolean mayHaveBody(HttpServerRequest request) {
    return request.headers().contains("Content-Length")
        || request.headers().contains("Transfer-Encoding");
  }
}
