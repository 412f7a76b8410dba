package dev.berth.worker.mongodb;

import dev.berth.rules.access.DocumentAccess;
import dev.berth.rules.access.Projection;
import java.util.Optional;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/// The documents of a query that a caller may see, and of each what it may see, one at a time as
/// they are asked for.
///
/// @param found all documents that the query finds, whole
/// @param skip how many of those that may be seen are left out first
/// @param limit how many are given at most; 0 for all
record PermittedDocuments(
    Publisher<RawBsonDocument> found,
    DocumentAccess access,
    Projection projection,
    int skip,
    int limit)
    implements Publisher<RawBsonDocument> {

  private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

  @Override
  public void subscribe(Subscriber<? super RawBsonDocument> reader) {
    found.subscribe(new Sieve(reader));
  }

  /// Between the query and its reader. Asks for one document at a time, so at most one is here.
  private final class Sieve implements Subscriber<RawBsonDocument>, Subscription {

    private final Subscriber<? super RawBsonDocument> reader;

    // Guarded by this. Nobody is called inside of the lock.
    private @Nullable Subscription source;
    private long wanted;
    private boolean asked;
    private boolean deciding;
    private boolean exhausted;
    private boolean ended;
    private int left;
    private int given;

    Sieve(Subscriber<? super RawBsonDocument> reader) {
      this.reader = reader;
      this.left = skip;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
      synchronized (this) {
        source = subscription;
      }
      reader.onSubscribe(this);
    }

    @Override
    public void request(long documents) {
      synchronized (this) {
        wanted = Math.addExact(wanted, Math.min(documents, Integer.MAX_VALUE));
      }
      ask();
    }

    private void ask() {
      Subscription asking;
      synchronized (this) {
        if (asked || deciding || ended || exhausted || wanted == 0 || source == null) {
          return;
        }
        asked = true;
        asking = source;
      }
      asking.request(1);
    }

    @Override
    public void cancel() {
      Subscription cancelled;
      synchronized (this) {
        ended = true;
        cancelled = source;
      }
      if (cancelled != null) {
        cancelled.cancel();
      }
    }

    @Override
    public void onNext(RawBsonDocument stored) {
      synchronized (this) {
        asked = false;
        deciding = true;
      }
      access
          .visible(stored.decode(CODEC))
          .whenComplete(
              (visible, failure) -> {
                if (failure == null) {
                  decided(visible);
                } else {
                  cancel();
                  reader.onError(failure);
                }
              });
    }

    private void decided(Optional<BsonDocument> visible) {
      boolean isGiven;
      boolean isLast;
      synchronized (this) {
        if (ended) {
          return;
        }
        isGiven = visible.isPresent() && left == 0;
        if (visible.isPresent() && left > 0) {
          left--;
        }
        if (isGiven) {
          wanted--;
          given++;
        }
        isLast = limit > 0 && given == limit;
      }
      if (isGiven) {
        reader.onNext(new RawBsonDocument(projection.of(visible.orElseThrow()), CODEC));
      }
      if (isLast) {
        cancel();
        reader.onComplete();
        return;
      }
      boolean isOver;
      synchronized (this) {
        deciding = false;
        isOver = exhausted && !ended;
      }
      if (isOver) {
        complete();
      } else {
        ask();
      }
    }

    @Override
    public void onError(Throwable failure) {
      synchronized (this) {
        if (ended) {
          return;
        }
        ended = true;
      }
      reader.onError(failure);
    }

    @Override
    public void onComplete() {
      boolean isOver;
      synchronized (this) {
        exhausted = true;
        isOver = !deciding && !ended;
      }
      if (isOver) {
        complete();
      }
    }

    private void complete() {
      synchronized (this) {
        if (ended) {
          return;
        }
        ended = true;
      }
      reader.onComplete();
    }
  }
}
