package dev.berth.appmodel;

import java.util.List;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/// What an app says of one collection.
///
/// @param rules `null` when the collection has none of its own, so the default rule counts
/// @param schema `null` or empty when documents are not validated
public record CollectionDefinition(
    String database,
    String collection,
    @Nullable RuleSet rules,
    @Nullable BsonDocument schema,
    List<Relationship> relationships) {

  public CollectionDefinition {
    relationships = List.copyOf(relationships);
  }
}
