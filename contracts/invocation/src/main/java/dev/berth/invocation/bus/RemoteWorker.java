package dev.berth.invocation.bus;

import dev.berth.appmodel.AppId;
import dev.berth.invocation.Invocation;
import dev.berth.invocation.Outcome;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A worker as its callers see it: where to post to, and what it has not answered yet. Safe from
/// any thread.
final class RemoteWorker {

  /// How much longer the caller waits than the invocation may run: for the way there and back,
  /// and for waiting in the worker's queue.
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Vertx vertx;
  private final String name;
  private final @Nullable String region;
  private final int version;
  private final Suspects suspects;
  private final OpenCalls calls = new OpenCalls(System::nanoTime);
  private volatile boolean gone;

  /// @param region `null` when it is of none, and so of all
  /// @param version of [WireFormat] in which it is posted to
  RemoteWorker(Vertx vertx, String name, @Nullable String region, int version, Suspects suspects) {
    this.vertx = vertx;
    this.suspects = suspects;
    this.name = name;
    this.region = region;
    this.version = version;
  }

  String name() {
    return name;
  }

  boolean isIn(String asked) {
    return region == null || region.equals(asked);
  }

  /// How many calls are in the way of another one of an app.
  int inTheWayOf(AppId app) {
    return calls.inTheWayOf(app);
  }

  /// Posts the invocation, once.
  Future<Outcome> invoke(Invocation invocation) {
    if (!InvocationForm.isKnown(invocation, version)) {
      return Future.succeededFuture(
          new Outcome.Unavailable("worker " + name + " is of a version that cannot do this"));
    }
    Posted posted;
    try {
      posted = Posted.of(invocation, version);
    } catch (RuntimeException unwritable) {
      return Future.failedFuture(unwritable);
    }
    Promise<Outcome> promise = Promise.promise();
    calls.begin(promise, invocation.appId());
    Duration wait = invocation.envelope().timeLimit().plus(PATIENCE);
    DeliveryOptions options =
        new DeliveryOptions()
            .setCodecName(InvocationCodec.NAME)
            .addHeader(WireFormat.SAID, Integer.toString(WireFormat.VERSION))
            .setSendTimeout(wait.toMillis());
    vertx
        .eventBus()
        .<SentOutcome>request(Addresses.of(name), posted, options)
        .compose(
            message -> {
              String load = message.headers().get(InvocationBus.LOAD);
              if (load != null) {
                calls.told(Integer.parseInt(load));
              }
              return read(invocation.appId(), message.body());
            })
        .recover(this::undelivered)
        .onComplete(
            answer -> {
              calls.answered(promise);
              if (answer.succeeded()) {
                promise.tryComplete(answer.result());
              } else {
                promise.tryFail(answer.cause());
              }
            });
    if (gone) {
      // It went while this was being posted, so the sweep of isGone may have missed it.
      lose(promise);
    }
    return promise.future();
  }

  private Future<Outcome> read(AppId app, SentOutcome sent) {
    if (sent.largeBytes() > 0) {
      suspects.received(app, sent.largeBytes());
    }
    return sent.read(vertx);
  }

  /// Only a message that certainly reached nobody is an outcome the caller may act upon.
  private Future<Outcome> undelivered(Throwable failure) {
    if (failure instanceof ReplyException reply) {
      if (reply.failureType() == ReplyFailure.NO_HANDLERS) {
        return Future.succeededFuture(new Outcome.Unavailable("worker " + name + " is not there"));
      }
      if (reply.failureType() == ReplyFailure.TIMEOUT) {
        return Future.succeededFuture(new Outcome.Lost("worker " + name + " did not answer"));
      }
    }
    return Future.failedFuture(failure);
  }

  /// Ends everything it was given and has not answered. Nothing may be posted to it afterwards.
  ///
  /// @return the apps whose calls those were
  Set<AppId> isGone() {
    gone = true;
    Set<AppId> apps = new HashSet<>();
    calls.forEach(
        (promise, appId) -> {
          apps.add(appId);
          lose(promise);
        });
    return apps;
  }

  private void lose(Promise<Outcome> promise) {
    calls.drop(promise);
    promise.tryComplete(new Outcome.Lost("worker " + name + " is gone"));
  }
}
