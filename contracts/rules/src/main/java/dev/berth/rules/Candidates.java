package dev.berth.rules;

import java.util.ArrayList;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonDocument;

/// The documents of a collection that may have some property: certainly all that have it, and
/// maybe others.
public sealed interface Candidates {

  /// No document has it, whatever the collection holds.
  record None() implements Candidates {}

  /// Those that a query of MongoDB finds.
  record Found(BsonDocument query) implements Candidates {}

  /// Any document may have it, as far as a query can tell.
  record All() implements Candidates {}

  static Candidates of(boolean all) {
    return all ? new All() : new None();
  }

  /// Those that are among the candidates of each.
  static Candidates every(List<Candidates> parts) {
    if (parts.stream().anyMatch(None.class::isInstance)) {
      return new None();
    }
    List<BsonDocument> queries = queries(parts);
    return queries.isEmpty() ? new All() : new Found(combined("$and", queries));
  }

  /// Those that are among the candidates of any.
  static Candidates any(List<Candidates> parts) {
    if (parts.stream().anyMatch(All.class::isInstance)) {
      return new All();
    }
    List<BsonDocument> queries = queries(parts);
    return queries.isEmpty() ? new None() : new Found(combined("$or", queries));
  }

  private static List<BsonDocument> queries(List<Candidates> parts) {
    List<BsonDocument> queries = new ArrayList<>();
    for (Candidates part : parts) {
      if (part instanceof Found(BsonDocument query)) {
        queries.add(query);
      }
    }
    return queries;
  }

  private static BsonDocument combined(String operator, List<BsonDocument> queries) {
    return queries.size() == 1
        ? queries.getFirst()
        : new BsonDocument(operator, new BsonArray(queries));
  }
}
