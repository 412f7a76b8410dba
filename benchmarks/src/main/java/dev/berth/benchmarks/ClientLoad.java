package dev.berth.benchmarks;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// The load of a Vert.x client on one event loop: for machines without `wrk`, and for measuring
/// single calls. It looks at every answer.
public final class ClientLoad implements Load, AutoCloseable {

  private static final Buffer CONTENT = Buffer.buffer(BODY);

  private final Vertx vertx = Vertx.vertx();
  private final int connections;
  private final @Nullable String answer;
  private final HttpClient client;

  /// @param answer what every body must be; `null` when that is not known
  public ClientLoad(int connections, @Nullable String answer) {
    this.connections = connections;
    this.answer = answer;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(connections));
  }

  @Override
  public Measured drive(String url, Duration time) {
    long begin = System.nanoTime();
    long end = begin + time.toNanos();
    return run(url, answer, _ -> System.nanoTime() < end);
  }

  /// Sends so many requests in all.
  Measured send(String url, int requests) {
    return run(url, answer, latencies -> latencies.count() + connections <= requests);
  }

  /// Sends one request on each connection.
  ///
  /// @return the time in microseconds that half of them took at most
  /// @throws IllegalStateException when the answer is another one
  public long call(String url, String wanted) {
    return run(url, wanted, _ -> false).p50();
  }

  private Measured run(String url, @Nullable String wanted, Until goesOn) {
    Latencies latencies = new Latencies();
    Promise<Void> done = Promise.promise();
    long begin = System.nanoTime();
    vertx.runOnContext(
        _ -> {
          Loop[] loops = new Loop[connections];
          for (int i = 0; i < connections; i++) {
            loops[i] = new Loop(url, wanted, latencies, goesOn);
            loops[i].next();
          }
          Future<?> all = Future.succeededFuture();
          for (Loop loop : loops) {
            all = all.compose(_ -> loop.done.future());
          }
          all.<Void>mapEmpty().onComplete(done);
        });
    try {
      done.future().toCompletionStage().toCompletableFuture().join();
    } catch (CompletionException e) {
      throw new IllegalStateException("a call failed: " + e.getCause(), e);
    }
    return Measured.of(latencies, System.nanoTime() - begin);
  }

  private interface Until {
    boolean holds(Latencies latencies);
  }

  /// What one connection does.
  private final class Loop {

    final Promise<Void> done = Promise.promise();
    private final RequestOptions target;
    private final @Nullable String wanted;
    private final Latencies latencies;
    private final Until goesOn;

    Loop(String url, @Nullable String wanted, Latencies latencies, Until goesOn) {
      this.target =
          new RequestOptions()
              .setMethod(HttpMethod.POST)
              .setAbsoluteURI(url)
              .putHeader("Content-Type", "application/json");
      this.wanted = wanted;
      this.latencies = latencies;
      this.goesOn = goesOn;
    }

    void next() {
      long begin = System.nanoTime();
      call()
          .onSuccess(
              _ -> {
                latencies.add(System.nanoTime() - begin);
                if (goesOn.holds(latencies)) {
                  next();
                } else {
                  done.complete();
                }
              })
          .onFailure(done::tryFail);
    }

    private Future<?> call() {
      return client
          .request(target)
          .compose(request -> request.send(CONTENT))
          .compose(response -> response.body().compose(body -> judge(response, body)));
    }

    private Future<?> judge(HttpClientResponse response, Buffer body) {
      boolean right =
          response.statusCode() == 200 && (wanted == null || body.toString().equals(wanted));
      return right
          ? Future.succeededFuture()
          : Future.failedFuture("status " + response.statusCode() + ", body " + body);
    }
  }

  @Override
  public String description() {
    return "Vert.x client, 1 event loop, " + connections + " connections";
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
