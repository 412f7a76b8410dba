package dev.berth.worker.mongodb;

import java.util.List;
import org.bson.BsonDocument;

/// What an update does to the documents it finds.
sealed interface Change {

  /// Update operators such as `$set`.
  record Operators(BsonDocument update) implements Change {}

  /// An aggregation that computes the new document.
  record Pipeline(List<BsonDocument> stages) implements Change {

    public Pipeline {
      stages = List.copyOf(stages);
    }
  }

  /// Reads the argument `update`.
  static Change of(Arguments arguments) {
    if (arguments.value("update").isArray()) {
      return new Pipeline(RegexRewrite.pipeline(arguments.documents("update")));
    }
    BsonDocument update = arguments.document("update");
    if (update.isEmpty() || !update.keySet().stream().allMatch(name -> name.startsWith("$"))) {
      throw arguments.refused("update", "must consist of update operators such as $set");
    }
    return new Operators(RegexRewrite.update(update));
  }

  /// Reads an argument that takes the place of a whole document.
  static BsonDocument replacement(Arguments arguments, String name) {
    BsonDocument replacement = arguments.document(name);
    if (replacement.keySet().stream().anyMatch(field -> field.startsWith("$"))) {
      throw arguments.refused(name, "must be a document without update operators");
    }
    return replacement;
  }
}
