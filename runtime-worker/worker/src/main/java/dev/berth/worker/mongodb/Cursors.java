package dev.berth.worker.mongodb;

import dev.berth.jsruntime.service.GuestServiceException;
import java.util.concurrent.CompletionStage;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/// The operations with which app code reads a query batch by batch.
final class Cursors {

  /// A batch ends early after so many bytes.
  private static final long BATCH_BYTES = 4L * 1024 * 1024;

  private final MongoLimits limits;
  private final Queries queries;
  private final Invocations invocations;

  Cursors(MongoLimits limits, Invocations invocations) {
    this.limits = limits;
    this.queries = new Queries(limits);
    this.invocations = invocations;
  }

  CompletionStage<BsonValue> open(Call call) {
    return open(call, queries.any(call, limits.cursorBatch()));
  }

  /// Opens a cursor on a query that somebody else has made of the call.
  CompletionStage<BsonValue> open(Call call, Publisher<RawBsonDocument> found) {
    OpenReads reads = invocations.of(call.scope());
    return batch(reads, reads.openCursor(found));
  }

  CompletionStage<BsonValue> nextBatch(Call call) {
    OpenReads reads = invocations.of(call.scope());
    int id = call.arguments().count("cursor");
    DocumentStream stream = reads.cursor(id);
    if (stream == null) {
      throw new GuestServiceException("MongoDBError", "the cursor is closed", null);
    }
    return batch(reads, new OpenReads.Cursor(id, stream));
  }

  /// Closing what is closed is no mistake.
  CompletionStage<BsonValue> close(Call call) {
    OpenReads reads = invocations.of(call.scope());
    DocumentStream stream = reads.cursor(call.arguments().count("cursor"));
    if (stream != null) {
      reads.finish(stream);
    }
    return Results.done(BsonNull.VALUE);
  }

  private CompletionStage<BsonValue> batch(OpenReads reads, OpenReads.Cursor cursor) {
    DocumentStream stream = cursor.stream();
    return stream
        .next(limits.cursorBatch(), BATCH_BYTES)
        .whenComplete((batch, failure) -> finishAfter(reads, stream, batch))
        .thenApply(batch -> answer(cursor.id(), batch));
  }

  private static void finishAfter(
      OpenReads reads, DocumentStream stream, DocumentStream.@Nullable Batch batch) {
    if (batch == null || batch.exhausted()) {
      reads.finish(stream);
    }
  }

  private static BsonValue answer(int id, DocumentStream.Batch batch) {
    return new BsonDocument("cursor", Results.number(id))
        .append("batch", batch.documents())
        .append("exhausted", BsonBoolean.valueOf(batch.exhausted()));
  }
}
