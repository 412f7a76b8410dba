package dev.berth.appmodel.directory;

import dev.berth.appmodel.json.JsonNode;
import dev.berth.appmodel.json.JsonNode.JsonBoolean;
import dev.berth.appmodel.json.JsonNode.JsonObject;
import dev.berth.appmodel.json.JsonNode.JsonString;
import dev.berth.ejson.EjsonParseException;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/// Parts of a file that are Extended JSON, read with their templates replaced.
final class BsonContent {

  private BsonContent() {}

  /// The value; `null` in BSON after a problem.
  static BsonValue value(JsonNode node, Reading reading) {
    try {
      return reading
          .templates()
          .expand(node.toBson(), message -> reading.error(node.place(), message));
    } catch (EjsonParseException malformed) {
      reading.error(node.place().onLine(malformed.line()), String.valueOf(malformed.getMessage()));
      return BsonNull.VALUE;
    }
  }

  /// The document; an empty one when the object stands for a value of another type.
  static BsonDocument document(JsonNode object, Reading reading) {
    BsonValue value = value(object, reading);
    if (value instanceof BsonDocument document) {
      return document;
    }
    if (!value.isNull()) {
      reading.error(object.place(), "expected a document, found a " + value.getBsonType());
    }
    return new BsonDocument();
  }

  /// The expression, or `null` after a problem.
  static @Nullable BsonValue expression(JsonNode node, Reading reading) {
    boolean isExpression =
        switch (node) {
          case JsonObject _, JsonBoolean _ -> true;
          case JsonString string -> string.text().startsWith("%%");
          case JsonNode _ -> false;
        };
    if (isExpression) {
      return value(node, reading);
    }
    reading.error(
        node.place(),
        "expected an expression (an object, true, false or \"%%…\"), found " + node.kind());
    return null;
  }
}
