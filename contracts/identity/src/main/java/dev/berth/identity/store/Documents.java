package dev.berth.identity.store;

import dev.berth.ejson.Ejson;
import dev.berth.ejson.EjsonParseException;
import org.bson.BsonDocument;

/// Documents of others, kept as canonical Extended JSON: their field names may be any, and their
/// types survive.
final class Documents {

  private Documents() {}

  static String text(BsonDocument document) {
    return Ejson.canonical(document);
  }

  static BsonDocument document(String text) {
    try {
      return Ejson.parse(text).asDocument();
    } catch (EjsonParseException e) {
      throw new IllegalStateException("a stored document is malformed", e);
    }
  }
}
