package dev.berth.identity.customdata;

import java.util.function.Consumer;
import org.bson.BsonDocument;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/// Takes one document, or an empty one when there is none.
final class FirstDocument implements Subscriber<BsonDocument> {

  private final Consumer<BsonDocument> found;
  private final Consumer<Throwable> failed;
  private BsonDocument document = new BsonDocument();

  FirstDocument(Consumer<BsonDocument> found, Consumer<Throwable> failed) {
    this.found = found;
    this.failed = failed;
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    subscription.request(1);
  }

  @Override
  public void onNext(BsonDocument next) {
    document = next;
  }

  @Override
  public void onError(Throwable failure) {
    failed.accept(failure);
  }

  @Override
  public void onComplete() {
    found.accept(document);
  }
}
