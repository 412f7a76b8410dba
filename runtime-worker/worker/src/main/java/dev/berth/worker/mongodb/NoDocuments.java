package dev.berth.worker.mongodb;

import org.bson.RawBsonDocument;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/// A query that is known to find nothing, so that the database need not be asked.
record NoDocuments() implements Publisher<RawBsonDocument> {

  @Override
  public void subscribe(Subscriber<? super RawBsonDocument> reader) {
    reader.onSubscribe(
        new Subscription() {
          @Override
          public void request(long documents) {}

          @Override
          public void cancel() {}
        });
    reader.onComplete();
  }
}
