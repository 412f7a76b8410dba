package dev.berth.gateway.dataapi;

import dev.berth.gateway.reply.CrossOrigin;
import dev.berth.gateway.reply.Fault;
import dev.berth.gateway.reply.OutcomeFaults;
import dev.berth.gateway.reply.Refusal;
import dev.berth.gateway.reply.Refusals;
import dev.berth.gateway.reply.Reply;
import dev.berth.gateway.reply.ResultFormat;
import dev.berth.invocation.Header;
import dev.berth.invocation.RequestId;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonValue;

/// What replies to one request look like: any page may read them, and errors have a link.
///
/// @param base where the client reaches the gateway
record DataApiReplies(String base, String appId, RequestId id) {

  Reply json(JsonObject content) {
    return new Reply(200, List.of(Reply.JSON, CrossOrigin.ANYONE), content.toBuffer());
  }

  /// The answer of an action.
  Reply of(BsonValue answer, ResultFormat format) {
    String text;
    try {
      text = format.serialize(answer);
    } catch (IllegalArgumentException tooDeep) {
      return of(OutcomeFaults.inFunction("the result cannot be written: " + tooDeep.getMessage()));
    }
    return new Reply(200, List.of(format.contentType(), CrossOrigin.ANYONE), Buffer.buffer(text));
  }

  Reply of(Refusal refusal) {
    Reply reply = linked(Refusals.fault(refusal));
    return refusal instanceof Refusal.OriginNotAllowed ? reply : forAnyone(reply);
  }

  Reply of(Fault fault) {
    return forAnyone(linked(fault));
  }

  private Reply linked(Fault fault) {
    return fault.reply(base + "/groups/berth/apps/" + appId + "/logs?co_id=" + id);
  }

  private static Reply forAnyone(Reply reply) {
    List<Header> headers = new ArrayList<>(reply.headers());
    headers.add(CrossOrigin.ANYONE);
    return new Reply(reply.status(), headers, reply.body());
  }
}
