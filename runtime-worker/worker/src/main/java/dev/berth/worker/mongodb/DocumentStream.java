package dev.berth.worker.mongodb;

import dev.berth.jsruntime.service.GuestServiceException;
import java.util.concurrent.CompletableFuture;
import org.bson.BsonArray;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/// The documents of one query, pulled from the database in batches as somebody asks for them.
/// The query starts when this is subscribed to it.
///
/// Documents are asked for one by one, of which the driver fetches a batch at a time: so what is
/// held here is what the batch asked for may hold, plus at most one reply of the server that the
/// driver keeps when a batch ended early because of its size.
///
/// Safe for use by any thread.
final class DocumentStream implements Subscriber<RawBsonDocument> {

  /// The most that one reply of a server holds.
  private static final long LARGEST_REPLY = 16L * 1024 * 1024;

  private final int documentLimit;
  private final ByteBudget budget;

  // All guarded by this. Futures are completed and the subscription is called outside of the lock.
  private @Nullable Subscription subscription;
  private @Nullable Pending pending;
  private @Nullable Throwable failure;
  private boolean ended;
  private int received;
  private long held;

  DocumentStream(int documentLimit, ByteBudget budget) {
    this.documentLimit = documentLimit;
    this.budget = budget;
  }

  /// Asks for the next documents: as many as allowed, ending early after so many bytes.
  ///
  /// Only one batch at a time can be asked for.
  CompletableFuture<Batch> next(int documents, long bytes) {
    var asked = new Pending(documents, bytes, new BsonArray(), new CompletableFuture<>());
    Subscription source;
    synchronized (this) {
      if (pending != null) {
        return CompletableFuture.failedFuture(
            new GuestServiceException(
                "MongoDBError", "the cursor is being read already; await each batch", null));
      }
      if (ended) {
        Throwable reason = failure;
        return reason == null
            ? CompletableFuture.completedFuture(new Batch(new BsonArray(), true))
            : CompletableFuture.failedFuture(reason);
      }
      hold(0);
      pending = asked;
      source = subscription;
    }
    if (source != null) {
      source.request(1);
    }
    return asked.result();
  }

  /// Ends the query on the server too; whoever waits for a batch is told.
  void cancel() {
    end(
        new GuestServiceException("MongoDBError", "the cursor is closed", null),
        /* stopsSource= */ true);
  }

  @Override
  public void onSubscribe(Subscription source) {
    boolean tooLate;
    boolean wanted;
    synchronized (this) {
      subscription = source;
      tooLate = ended;
      wanted = pending != null;
    }
    if (tooLate) {
      source.cancel();
    } else if (wanted) {
      source.request(1);
    }
  }

  @Override
  public void onNext(RawBsonDocument document) {
    Pending full = null;
    GuestServiceException overLimit = null;
    Subscription source;
    synchronized (this) {
      Pending asked = pending;
      source = subscription;
      if (ended || asked == null || source == null) {
        return;
      }
      try {
        count(document, asked);
        if (asked.isFull(held)) {
          pending = null;
          full = asked;
          leaveBehind(asked);
        }
      } catch (GuestServiceException tooMuch) {
        overLimit = tooMuch;
      }
    }
    if (overLimit != null) {
      end(overLimit, /* stopsSource= */ true);
    } else if (full == null) {
      source.request(1);
    }
    if (full != null) {
      full.result().complete(new Batch(full.documents(), false));
    }
  }

  @Override
  public void onError(Throwable cause) {
    end(MongoErrors.forGuest(cause), /* stopsSource= */ false);
  }

  @Override
  public void onComplete() {
    end(null, /* stopsSource= */ false);
  }

  private void count(RawBsonDocument document, Pending asked) {
    received++;
    if (received > documentLimit) {
      throw new GuestServiceException(
          "ReadSizeLimitExceeded",
          "a query may give at most " + documentLimit + " documents",
          null);
    }
    hold(held + document.getByteBuffer().remaining());
    asked.documents().add(document);
  }

  /// A batch that is handed over is no longer ours. One that ended early leaves the rest of the
  /// server's reply in the driver; without room for that there is no next batch.
  private void leaveBehind(Pending handedOver) {
    hold(handedOver.endedEarly() ? LARGEST_REPLY : 0);
  }

  private void hold(long bytes) {
    if (bytes > held) {
      budget.take(bytes - held);
    } else {
      budget.giveBack(held - bytes);
    }
    held = bytes;
  }

  private void end(@Nullable Throwable reason, boolean stopsSource) {
    Pending waiting;
    Subscription source;
    synchronized (this) {
      if (ended) {
        return;
      }
      ended = true;
      failure = reason;
      waiting = pending;
      pending = null;
      source = subscription;
      hold(0);
    }
    if (stopsSource && source != null) {
      source.cancel();
    }
    if (waiting == null) {
      return;
    }
    if (reason == null) {
      waiting.result().complete(new Batch(waiting.documents(), true));
    } else {
      waiting.result().completeExceptionally(reason);
    }
  }

  /// Some documents of a query.
  ///
  /// @param exhausted whether they are the last ones
  record Batch(BsonArray documents, boolean exhausted) {}

  private record Pending(
      int most, long bytes, BsonArray documents, CompletableFuture<Batch> result) {

    boolean isFull(long held) {
      return documents.size() >= most || held >= bytes;
    }

    boolean endedEarly() {
      return documents.size() < most;
    }
  }
}
