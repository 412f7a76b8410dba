package dev.berth.worker.mongodb;

import dev.berth.rules.access.DocumentAccess;
import dev.berth.worker.mongodb.Judgement.Judge;
import dev.berth.worker.mongodb.Judgement.Permitted;
import java.util.concurrent.CompletionStage;
import org.bson.BsonValue;

/// The operations with which users delete.
///
/// @param documents where what is deleted is found
record UserDeletes(WritableDocuments documents) {

  CompletionStage<BsonValue> deleteOne(UserCall call) {
    return documents
        .first(call, judge(call))
        .thenApply(deleted -> Results.deleted(deleted.isPresent() ? 1 : 0));
  }

  CompletionStage<BsonValue> findOneAndDelete(UserCall call) {
    return call.projection()
        .thenCompose(
            projection ->
                documents
                    .first(call, judge(call))
                    .thenCompose(
                        deleted -> call.shown(deleted.map(Permitted::before), projection)));
  }

  CompletionStage<BsonValue> deleteMany(UserCall call) {
    return documents.all(call, judge(call)).thenApply(counts -> Results.deleted(counts.matched()));
  }

  private static Judge judge(UserCall call) {
    DocumentAccess access = call.access();
    return stored ->
        access
            .delete(stored)
            .thenApply(
                permission ->
                    switch (permission) {
                      case PERMITTED -> new Permitted(stored, null);
                      case NO_ROLE -> new Judgement.Hidden();
                      case DENIED -> throw call.denied("delete");
                    });
  }
}
