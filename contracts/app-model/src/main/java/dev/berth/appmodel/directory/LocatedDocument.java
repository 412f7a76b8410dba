package dev.berth.appmodel.directory;

import dev.berth.appmodel.json.JsonNode;
import org.bson.BsonDocument;

/// A filter's query or projection, or a schema, and where it stands, for whoever knows what such
/// documents mean.
///
/// @param document with its templates replaced
/// @param written the same in the file
public record LocatedDocument(Kind kind, BsonDocument document, JsonNode written)
    implements Located {

  /// What a document is.
  public enum Kind {
    FILTER_QUERY,
    FILTER_PROJECTION,
    SCHEMA
  }
}
