package dev.berth.rules.access;

import dev.berth.rules.Candidates;
import java.util.List;
import org.bson.BsonDocument;

/// What filters add to a query.
///
/// @param found the documents that they leave, exactly
/// @param projections what they leave of each; see [Projection]
public record Narrowing(Candidates found, List<BsonDocument> projections) {

  public Narrowing {
    projections = List.copyOf(projections);
  }
}
