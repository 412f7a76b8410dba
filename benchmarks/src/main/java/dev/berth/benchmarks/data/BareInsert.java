package dev.berth.benchmarks.data;

import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoCollection;
import dev.berth.benchmarks.Announcement;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonObjectId;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/// What an endpoint that inserts is compared with: a Vert.x server that does the same with the
/// same driver, and nothing else.
public final class BareInsert {

  private static final String PATH = "/insert";

  private BareInsert() {}

  /// Starts the server.
  ///
  /// @param args where the database is
  public static void main(String[] args) {
    MongoCollection<BsonDocument> kept =
        MongoClients.create(args[0]).getDatabase("bench").getCollection("bare", BsonDocument.class);
    Vertx.vertx()
        .deployVerticle(
            () -> new Listener(kept),
            new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors()))
        .onFailure(
            cause -> {
              System.err.println("the bare server cannot start: " + cause);
              System.exit(1);
            });
  }

  private static final class Listener extends VerticleBase {

    private final MongoCollection<BsonDocument> kept;

    Listener(MongoCollection<BsonDocument> kept) {
      this.kept = kept;
    }

    @Override
    public Future<?> start() {
      // A negative port is a free one that all listeners share.
      return vertx
          .createHttpServer()
          .requestHandler(this::answer)
          .listen(-1, "127.0.0.1")
          .onSuccess(
              server -> new Announcement(server.actualPort(), PATH, "the same driver").print());
    }

    private void answer(HttpServerRequest request) {
      request
          .body()
          .compose(
              body -> {
                BsonDocument document =
                    new BsonDocument("_id", new BsonObjectId())
                        .append("date", new BsonDateTime(System.currentTimeMillis()))
                        .append("requestBody", BsonDocument.parse(body.toString()));
                Promise<BsonDocument> inserted = Promise.promise();
                kept.insertOne(document).subscribe(new Done<>(inserted, document));
                return inserted.future();
              })
          .onSuccess(
              document ->
                  request
                      .response()
                      .setStatusCode(201)
                      .putHeader("Content-Type", "application/json")
                      .end(
                          "{\"insertedId\":\""
                              + document.getObjectId("_id").getValue().toHexString()
                              + "\",\"message\":\"saved\"}"))
          .onFailure(_ -> request.response().setStatusCode(500).end());
    }
  }

  /// Ends a promise when the driver is done.
  ///
  /// @param value what to end it with
  record Done<T, R>(Promise<T> promise, T value) implements Subscriber<R> {

    /// Starts an operation and waits for it.
    static <R> void await(Publisher<R> publisher) {
      Promise<Boolean> promise = Promise.promise();
      publisher.subscribe(new Done<>(promise, true));
      promise.future().toCompletionStage().toCompletableFuture().join();
    }

    @Override
    public void onSubscribe(Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(R ignored) {}

    @Override
    public void onError(Throwable failure) {
      promise.tryFail(failure);
    }

    @Override
    public void onComplete() {
      promise.tryComplete(value);
    }
  }
}
