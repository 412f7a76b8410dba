package dev.berth.worker.mongodb;

import dev.berth.rules.Candidates;
import java.util.List;
import java.util.Set;
import org.bson.BsonDocument;

/// An aggregation that computes on what its caller may see of a collection, where rules hide
/// something of it.
///
/// @param found the documents that it is about, as far as a query can say it
/// @param rest the stages after that, which need nothing but documents
record VisiblePipeline(Candidates found, List<BsonDocument> rest) {

  /// The stages that make documents of documents, and look at nothing else.
  private static final Set<String> STAGES =
      Set.of(
          "$addFields",
          "$bucket",
          "$bucketAuto",
          "$count",
          "$densify",
          "$fill",
          "$group",
          "$limit",
          "$match",
          "$project",
          "$redact",
          "$replaceRoot",
          "$replaceWith",
          "$sample",
          "$set",
          "$setWindowFields",
          "$skip",
          "$sort",
          "$sortByCount",
          "$unset",
          "$unwind");

  VisiblePipeline {
    rest = List.copyOf(rest);
  }

  /// Refuses the stages that users cannot have: a later server may know some that read what no rule
  /// is about.
  static void require(UserCall call, List<BsonDocument> pipeline) {
    for (BsonDocument stage : pipeline) {
      if (stage.size() != 1) {
        throw call.arguments().refused("pipeline", "must consist of stages, each with one field");
      }
      if (!STAGES.contains(stage.getFirstKey())) {
        throw call.arguments()
            .refused(
                "pipeline",
                "has " + stage.getFirstKey() + ", which users cannot have; call a system function");
      }
    }
  }

  /// A first `$match` is left to the query where every visible document is visible as a whole:
  /// elsewhere it might find a document by what is hidden of it, or miss one.
  static VisiblePipeline of(UserCall call, List<BsonDocument> pipeline) {
    boolean isFirstMatch = !pipeline.isEmpty() && pipeline.getFirst().isDocument("$match");
    return isFirstMatch && call.rules().showsWholeDocuments()
        ? new VisiblePipeline(
            new Candidates.Found(pipeline.getFirst().getDocument("$match")),
            pipeline.subList(1, pipeline.size()))
        : new VisiblePipeline(new Candidates.All(), pipeline);
  }
}
