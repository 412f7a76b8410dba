package dev.berth.worker.mongodb;

import dev.berth.worker.update.DocumentUpdate;
import java.util.concurrent.CompletionStage;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/// What may become of a stored document that a user's write is about.
sealed interface Judgement {

  /// No role of the caller applies to it: for this caller it is not there.
  record Hidden() implements Judgement {}

  /// Somebody else has changed it while it was judged.
  record Outdated() implements Judgement {}

  /// It may become another one, or be deleted.
  ///
  /// @param after `null` when it is to be deleted
  record Permitted(BsonDocument before, @Nullable BsonDocument after) implements Judgement {

    boolean isChange() {
      return after == null || !DocumentUpdate.isSame(before, after);
    }
  }

  /// Judges one document. Fails when the write must not happen at all.
  @FunctionalInterface
  interface Judge {

    CompletionStage<Judgement> judge(BsonDocument stored);
  }
}
