package dev.berth.worker.mongodb;

import com.mongodb.client.result.UpdateResult;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonObjectId;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.jspecify.annotations.Nullable;

/// The shapes in which operations answer.
final class Results {

  private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

  private Results() {}

  /// A count: Int32 where it fits, else Int64.
  static BsonValue number(long count) {
    return count == (int) count ? new BsonInt32((int) count) : new BsonInt64(count);
  }

  static BsonValue orNull(@Nullable BsonDocument document) {
    return document == null ? BsonNull.VALUE : document;
  }

  static BsonDocument updated(UpdateResult result) {
    var answer =
        new BsonDocument("matchedCount", number(result.getMatchedCount()))
            .append("modifiedCount", number(result.getModifiedCount()));
    BsonValue upserted = result.getUpsertedId();
    return upserted == null ? answer : answer.append("upsertedId", upserted);
  }

  static BsonDocument deleted(long count) {
    return new BsonDocument("deletedCount", number(count));
  }

  /// How much a document takes in the database.
  static int bytes(BsonDocument document) {
    return new RawBsonDocument(document, CODEC).getByteBuffer().remaining();
  }

  static CompletionStage<BsonValue> done(BsonValue answer) {
    return CompletableFuture.completedFuture(answer);
  }

  /// The document with an `_id` in front: its own, or a new ObjectId.
  static BsonDocument withId(BsonDocument document) {
    BsonValue id = document.get("_id");
    var identified =
        new BsonDocument("_id", id == null || isUndefined(id) ? new BsonObjectId() : id);
    document.forEach(identified::putIfAbsent);
    return identified;
  }

  private static boolean isUndefined(BsonValue value) {
    return value.getBsonType() == BsonType.UNDEFINED;
  }
}
