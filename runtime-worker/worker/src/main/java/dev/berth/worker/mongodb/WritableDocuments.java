package dev.berth.worker.mongodb;

import com.mongodb.client.model.Collation;
import com.mongodb.client.model.DeleteOptions;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.reactivestreams.client.FindPublisher;
import dev.berth.jsruntime.service.GuestServiceException;
import dev.berth.rules.Candidates;
import dev.berth.worker.mongodb.Judgement.Judge;
import dev.berth.worker.mongodb.Judgement.Permitted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonValue;
import org.reactivestreams.Publisher;

/// The stored documents that a user's write is about: found, judged, and written as long as they
/// are what was judged.
///
/// @param limits how long the database may look for them, and how many there may be
record WritableDocuments(MongoLimits limits) {

  /// How often a document is judged anew because somebody else has changed it meanwhile.
  private static final int MAX_ATTEMPTS = 50;

  /// So many attempts follow one another at once; before later ones there is a pause.
  private static final int HASTY_ATTEMPTS = 3;

  private static final int LONGEST_PAUSE_MILLIS = 64;

  /// To a collection that takes `a` for `A` a document would be the same that somebody has changed.
  private static final Collation EXACT = Collation.builder().locale("simple").build();

  /// How much the ids of documents may take that are changed by one operation.
  private static final long MOST_BYTES_OF_IDS = 16L * 1024 * 1024;

  /// How many documents one operation was about.
  ///
  /// @param modified how many of them are not what they were
  record Counts(long matched, long modified) {

    Counts plus(Permitted written) {
      return new Counts(matched + 1, modified + (written.isChange() ? 1 : 0));
    }
  }

  private static BsonDocument withId(BsonValue id) {
    return new BsonDocument("_id", new BsonDocument("$eq", id));
  }

  private static BsonValue idOf(BsonDocument stored) {
    return stored.get("_id", BsonNull.VALUE);
  }

  /// Writes the first document that the rules have a role for.
  ///
  /// @return nothing when there is none
  CompletionStage<Optional<Permitted>> first(UserCall call, Judge judge) {
    return attempt(call, judge, new Candidates.All(), 1);
  }

  /// Writes all documents that the rules have a role for, and none when one of them must not be
  /// written, as far as they are what they were when the first one is written.
  ///
  /// Which ones these are is found out before, so that none is written twice because the write
  /// has moved it to where the database has not looked yet.
  CompletionStage<Counts> all(UserCall call, Judge judge) {
    AtomicBoolean ended = new AtomicBoolean();
    call.call().scope().onEnd(() -> ended.set(true));
    List<BsonValue> ids = new ArrayList<>();
    long[] bytes = new long[1];
    return found(call, new Candidates.All())
        .thenCompose(
            found ->
                DocumentWalk.through(
                    found,
                    stored ->
                        judge
                            .judge(stored)
                            .thenApply(
                                judgement -> {
                                  requireRunning(ended);
                                  if (!(judgement instanceof Judgement.Hidden)) {
                                    bytes[0] += keep(idOf(stored), ids, bytes[0]);
                                  }
                                  return Optional.empty();
                                })))
        .thenCompose(_ -> each(call, judge, ids, 0, new Counts(0, 0), ended));
  }

  private long keep(BsonValue id, List<BsonValue> ids, long held) {
    long bytes = Results.bytes(new BsonDocument("_id", id));
    if (ids.size() == limits.documentsPerQuery() || held + bytes > MOST_BYTES_OF_IDS) {
      throw new GuestServiceException(
          "ReadSizeLimitExceeded",
          "one operation may change at most " + limits.documentsPerQuery() + " documents",
          null);
    }
    ids.add(id);
    return bytes;
  }

  private static void requireRunning(AtomicBoolean ended) {
    if (ended.get()) {
      throw new GuestServiceException("MongoDBError", "the invocation has ended", null);
    }
  }

  private CompletionStage<Counts> each(
      UserCall call,
      Judge judge,
      List<BsonValue> ids,
      int next,
      Counts counts,
      AtomicBoolean ended) {
    if (next == ids.size()) {
      return CompletableFuture.completedFuture(counts);
    }
    requireRunning(ended);
    return attempt(call, judge, new Candidates.Found(withId(ids.get(next))), 1)
        .thenCompose(
            written ->
                each(call, judge, ids, next + 1, written.map(counts::plus).orElse(counts), ended));
  }

  private CompletionStage<Optional<Permitted>> attempt(
      UserCall call, Judge judge, Candidates among, int number) {
    if (number > MAX_ATTEMPTS) {
      return CompletableFuture.failedFuture(
          new GuestServiceException(
              "MongoDBError", "the document is being changed all the time; try again", null));
    }
    return found(call, among)
        .thenCompose(found -> DocumentWalk.through(found, stored -> firstOf(judge, stored)))
        .thenCompose(
            first ->
                switch (first.orElse(null)) {
                  case null -> CompletableFuture.completedFuture(Optional.empty());
                  case Permitted permitted ->
                      written(call, permitted)
                          .thenCompose(
                              isWritten ->
                                  isWritten
                                      ? CompletableFuture.completedFuture(Optional.of(permitted))
                                      : again(call, judge, among, number));
                  case Judgement.Outdated() -> again(call, judge, among, number);
                  case Judgement.Hidden() ->
                      throw new IllegalStateException("a hidden document was chosen");
                });
  }

  private static CompletionStage<Optional<Judgement>> firstOf(Judge judge, BsonDocument stored) {
    return judge
        .judge(stored)
        .thenApply(
            judgement ->
                judgement instanceof Judgement.Hidden ? Optional.empty() : Optional.of(judgement));
  }

  /// Many who write the same document get out of each other's way.
  private CompletionStage<Optional<Permitted>> again(
      UserCall call, Judge judge, Candidates among, int number) {
    if (number < HASTY_ATTEMPTS) {
      return attempt(call, judge, among, number + 1);
    }
    int longest = Math.min(LONGEST_PAUSE_MILLIS, 1 << Math.min(number - HASTY_ATTEMPTS + 1, 6));
    Executor later =
        CompletableFuture.delayedExecutor(
            ThreadLocalRandom.current().nextInt(longest) + 1L, TimeUnit.MILLISECONDS);
    return CompletableFuture.supplyAsync(() -> number + 1, later)
        .thenCompose(next -> attempt(call, judge, among, next));
  }

  /// @return false when the document is not any more what was judged; nothing was written then
  private static CompletionStage<Boolean> written(UserCall call, Permitted permitted) {
    BsonDocument after = permitted.after();
    if (after == null) {
      var options = new DeleteOptions().collation(EXACT).comment(call.call().options().comment());
      return DriverResult.one(
              call.collection().deleteOne(SameDocument.query(permitted.before()), options))
          .thenApply(result -> result.getDeletedCount() > 0);
    }
    var options = new ReplaceOptions().collation(EXACT).comment(call.call().options().comment());
    return permitted.isChange()
        ? DriverResult.one(
                call.collection()
                    .replaceOne(SameDocument.query(permitted.before()), after, options))
            .thenApply(result -> result.getMatchedCount() > 0)
        : CompletableFuture.completedFuture(true);
  }

  private CompletionStage<Publisher<BsonDocument>> found(UserCall call, Candidates among) {
    Candidates query = call.query();
    BsonDocument sort = call.checked("sort");
    return call.access()
        .narrowing()
        .thenApply(
            narrowing -> {
              Candidates wanted =
                  Candidates.every(
                      List.of(among, query, narrowing.found(), call.access().changeable()));
              FindPublisher<BsonDocument> all =
                  call.collection()
                      .find()
                      .sort(sort)
                      .batchSize(100)
                      .comment(call.call().options().comment())
                      .maxTime(
                          call.call().options().maxTimeMillis(limits.readTime()),
                          TimeUnit.MILLISECONDS);
              return switch (wanted) {
                case Candidates.None() -> all.filter(nothing());
                case Candidates.All() -> all;
                case Candidates.Found(BsonDocument filter) ->
                    all.filter(RegexRewrite.query(filter));
              };
            });
  }

  private static BsonDocument nothing() {
    return new BsonDocument("_id", new BsonDocument("$in", new BsonArray()));
  }
}
