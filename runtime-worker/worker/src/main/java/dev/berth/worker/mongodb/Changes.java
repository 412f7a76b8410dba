package dev.berth.worker.mongodb;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/// The operation with which system functions hear of changes: one look at what has changed since
/// a position.
final class Changes {

  /// The stages that may follow a change stream.
  private static final Set<String> STAGES =
      Set.of(
          "$addFields",
          "$match",
          "$project",
          "$redact",
          "$replaceRoot",
          "$replaceWith",
          "$set",
          "$unset");

  private Changes() {}

  static CompletionStage<BsonValue> since(Call call) {
    List<BsonDocument> stages =
        new ArrayList<>(
            ChangeLook.wanted(call.arguments(), call.arguments().optionalDocument("query")));
    if (call.arguments().has("pipeline")) {
      stages.addAll(pipeline(call));
    }
    return ChangeLook.of(call, stages)
        .thenApply(
            look ->
                new BsonDocument("events", new BsonArray(look.events()))
                    .append("position", look.position()));
  }

  private static List<BsonDocument> pipeline(Call call) {
    List<BsonDocument> pipeline = call.pipeline();
    for (BsonDocument stage : pipeline) {
      if (stage.size() != 1 || !STAGES.contains(stage.getFirstKey())) {
        throw call.arguments()
            .refused(
                "pipeline", "must consist of stages that a change stream may have, such as $match");
      }
    }
    return pipeline;
  }
}
