package dev.berth.gateway.clientapi;

import dev.berth.gateway.door.Door;
import dev.berth.gateway.reply.Fault;
import dev.berth.gateway.reply.OutcomeFaults;
import dev.berth.gateway.reply.Refusal;
import dev.berth.gateway.reply.Refusals;
import dev.berth.gateway.reply.Reply;
import dev.berth.gateway.reply.ResultFormat;
import dev.berth.invocation.Header;
import dev.berth.invocation.RequestId;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// What replies to one request look like: for the page it came from, and with a link in errors.
final class ClientReplies {

  private static final Header EVENTS = new Header("Content-Type", "text/event-stream");
  private static final Header NO_CACHE = new Header("Cache-Control", "no-cache");

  private final ClientOrigin origin;
  private final String baseUrl;
  private final RequestId id;
  private @Nullable String appId;

  ClientReplies(HttpServerRequest request, Door door, RequestId id) {
    this.origin = new ClientOrigin(request.getHeader(HttpHeaders.ORIGIN));
    this.baseUrl = door.urlFor(request);
    this.id = id;
  }

  /// Where the client reaches the gateway.
  String baseUrl() {
    return baseUrl;
  }

  /// Errors from now on are about this app.
  void about(String app) {
    appId = app;
  }

  Reply preflight() {
    return origin.preflight();
  }

  Reply empty(int status) {
    return origin.let(new Reply(status, List.of(), null));
  }

  Reply json(int status, BsonValue value) {
    String text;
    try {
      text = ResultFormat.EJSON.serialize(value);
    } catch (IllegalArgumentException tooDeep) {
      return of(OutcomeFaults.inFunction("the result cannot be written: " + tooDeep.getMessage()));
    }
    return origin.let(new Reply(status, List.of(Reply.JSON), Buffer.buffer(text)));
  }

  /// The head of a stream of events.
  Reply events() {
    return origin.let(new Reply(200, List.of(EVENTS, NO_CACHE), null));
  }

  Reply of(Refusal refusal) {
    Reply reply = linked(Refusals.fault(refusal));
    return refusal instanceof Refusal.OriginNotAllowed ? reply : origin.let(reply);
  }

  Reply of(Fault fault) {
    return origin.let(linked(fault));
  }

  /// A link that names the request; what it leads to is for a console to show.
  private Reply linked(Fault fault) {
    String app = appId == null ? "" : "/apps/" + appId;
    return fault.reply(baseUrl + "/groups/berth" + app + "/logs?co_id=" + id);
  }
}
