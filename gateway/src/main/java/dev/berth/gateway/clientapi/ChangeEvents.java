package dev.berth.gateway.clientapi;

import dev.berth.ejson.Ejson;
import dev.berth.gateway.reply.Fault;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/// Change events as server-sent events.
final class ChangeEvents {

  /// Keeps what lies between from closing a silent connection. It means nothing.
  static final String SIGN_OF_LIFE = ":\n\n";

  /// What Stitch calls the parts of an event when it asks for compact ones.
  private static final Map<String, String> COMPACT =
      Map.of(
          "operationType", "ot",
          "documentKey", "dk",
          "fullDocument", "fd",
          "updateDescription", "ud");

  private ChangeEvents() {}

  /// All events of one look, in one piece.
  static String text(List<BsonValue> events, boolean isCompact) {
    StringBuilder text = new StringBuilder();
    for (BsonValue event : events) {
      BsonDocument shown = isCompact ? compact(event.asDocument()) : event.asDocument();
      text.append("data: ").append(escaped(Ejson.canonical(shown))).append("\n\n");
    }
    return text.toString();
  }

  /// The last event of a stream that something went wrong with.
  static String error(Fault fault) {
    JsonObject body = JsonObject.of("error", fault.error(), "error_code", fault.errorCode());
    return "event: error\ndata: " + escaped(body.encode()) + "\n\n";
  }

  private static BsonDocument compact(BsonDocument event) {
    BsonDocument compact = new BsonDocument();
    event.forEach(
        (name, part) -> {
          String shorter = COMPACT.get(name);
          if (shorter != null) {
            compact.append(shorter, part);
          }
        });
    return compact;
  }

  /// Clients undo exactly these three.
  private static String escaped(String text) {
    return text.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D");
  }
}
