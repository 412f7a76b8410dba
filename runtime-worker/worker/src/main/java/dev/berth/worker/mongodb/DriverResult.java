package dev.berth.worker.mongodb;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/// Takes what a driver operation gives, where the reply of the server bounds how much that is.
///
/// Documents of queries go through [DocumentStream] instead.
final class DriverResult<T> implements Subscriber<T> {

  private final List<T> values = new ArrayList<>();
  private final CompletableFuture<List<T>> result = new CompletableFuture<>();

  private DriverResult() {}

  /// Starts an operation that gives any number of values.
  static <T> CompletableFuture<List<T>> all(Publisher<T> publisher) {
    var subscriber = new DriverResult<T>();
    publisher.subscribe(subscriber);
    return subscriber.result;
  }

  /// Starts an operation that gives one value, or none, which is `null`.
  static <T> CompletableFuture<@Nullable T> first(Publisher<T> publisher) {
    return all(publisher).thenApply(values -> values.isEmpty() ? null : values.getFirst());
  }

  /// Starts an operation that always gives one value.
  static <T> CompletableFuture<T> one(Publisher<T> publisher) {
    return all(publisher).thenApply(List::getFirst);
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(T value) {
    values.add(value);
  }

  @Override
  public void onError(Throwable failure) {
    result.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    result.complete(values);
  }
}
