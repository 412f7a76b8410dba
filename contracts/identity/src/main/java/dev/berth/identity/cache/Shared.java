package dev.berth.identity.cache;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/// Work that is done once for all who ask for it while it is under way. Everybody gets the answer
/// on their own context.
///
/// @param <K> what tells one piece of work from another
public final class Shared<K, A> {

  private final Vertx vertx;
  private final ConcurrentMap<K, Future<A>> underWay = new ConcurrentHashMap<>();

  public Shared(Vertx vertx) {
    this.vertx = vertx;
  }

  /// Joins the work that is under way, or begins it.
  public Future<A> once(K key, Supplier<Future<A>> work) {
    Promise<A> promise = Promise.promise();
    Future<A> mine = promise.future();
    Future<A> first = underWay.putIfAbsent(key, mine);
    if (first != null) {
      return here(first);
    }
    return begin(work)
        .onComplete(
            done -> {
              underWay.remove(key, mine);
              pass(done, promise);
            });
  }

  /// Work that is asked for from now on begins anew.
  public void forget() {
    underWay.clear();
  }

  private static <A> Future<A> begin(Supplier<Future<A>> work) {
    try {
      return work.get();
    } catch (RuntimeException broken) {
      return Future.failedFuture(broken);
    }
  }

  private Future<A> here(Future<A> elsewhere) {
    Context context = vertx.getOrCreateContext();
    Promise<A> promise = Promise.promise();
    elsewhere.onComplete(done -> context.runOnContext(_ -> pass(done, promise)));
    return promise.future();
  }

  private static <A> void pass(AsyncResult<A> done, Promise<A> promise) {
    if (done.succeeded()) {
      promise.complete(done.result());
    } else {
      promise.fail(done.cause());
    }
  }
}
