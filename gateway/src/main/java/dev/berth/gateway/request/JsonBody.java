package dev.berth.gateway.request;

import dev.berth.ejson.Ejson;
import dev.berth.ejson.EjsonParseException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.Objects;
import java.util.Optional;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// Bodies that are JSON objects, in which Extended JSON may occur, whatever their content type
/// says.
public final class JsonBody {

  /// Parsing more than this takes long enough to be noticed by the others on the event loop.
  private static final int MAX_BYTES_PARSED_ON_THE_EVENT_LOOP = 64 * 1024;

  private JsonBody() {}

  /// Reads a body. Never fails.
  ///
  /// @param body `null` counts as an empty object
  /// @return empty when the body is no JSON object
  public static Future<Optional<BsonDocument>> parse(Vertx vertx, @Nullable Buffer body) {
    if (body == null) {
      return Future.succeededFuture(Optional.of(new BsonDocument()));
    }
    return body.length() <= MAX_BYTES_PARSED_ON_THE_EVENT_LOOP
        ? Future.succeededFuture(read(body))
        : vertx.executeBlocking(() -> read(body), false).map(Objects::requireNonNull);
  }

  private static Optional<BsonDocument> read(Buffer body) {
    try {
      BsonValue value = Ejson.parse(body.toString());
      return value.isDocument() ? Optional.of(value.asDocument()) : Optional.empty();
    } catch (EjsonParseException notJson) {
      return Optional.empty();
    }
  }
}
