package dev.berth.benchmarks.soak;

import dev.berth.benchmarks.Latencies;
import dev.berth.benchmarks.Load;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/// Calls an endpoint at an even pace, whether or not it has answered the calls before. A call is
/// late from the moment it was due.
///
/// Its calls are made and counted on one event loop.
final class SteadyLoad {

  private static final int CONNECTIONS = 64;
  private static final long TICK_MS = 1;
  private static final long PATIENCE_MS = 60_000;

  /// Past that many calls without an answer no more are sent; each of them has failed.
  private static final int MOST_OPEN = 20_000;

  private final HttpClient client;
  private final RequestOptions target;
  private final String answer;
  private final double perNano;
  private final long lengthNanos;
  private final Promise<Felt> over = Promise.promise();
  private final Latencies latencies = new Latencies();
  private final Map<String, Long> failures = new TreeMap<>();
  private final AtomicLong failed = new AtomicLong();
  private final long begunNanos = System.nanoTime();
  private long due;
  private long open;

  private SteadyLoad(Vertx vertx, String url, String answer, double perSecond, Duration length) {
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions().setConnectTimeout((int) PATIENCE_MS),
            new PoolOptions().setHttp1MaxSize(CONNECTIONS));
    this.target =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI(url)
            .setTimeout(PATIENCE_MS)
            .putHeader("Content-Type", "application/json");
    this.answer = answer;
    this.perNano = perSecond / 1e9;
    this.lengthNanos = length.toNanos();
  }

  /// What the calls came to.
  ///
  /// @param failures how many calls failed, by what became of them
  /// @param p50 in ms, as the others
  record Felt(
      long calls,
      long failed,
      Map<String, Long> failures,
      double p50,
      double p99,
      double longest) {}

  /// Begins to call.
  ///
  /// @param answer what every body must be
  static SteadyLoad begin(
      Vertx vertx, String url, String answer, double perSecond, Duration length) {
    SteadyLoad load = new SteadyLoad(vertx, url, answer, perSecond, length);
    vertx.runOnContext(_ -> vertx.setPeriodic(TICK_MS, timer -> load.tick(vertx, timer)));
    return load;
  }

  private void tick(Vertx vertx, long timer) {
    long elapsed = Math.min(System.nanoTime() - begunNanos, lengthNanos);
    while (due < elapsed * perNano) {
      callDueAt(begunNanos + (long) (due / perNano));
      due++;
    }
    if (elapsed == lengthNanos && open == 0) {
      vertx.cancelTimer(timer);
      over.complete(
          new Felt(
              due,
              failed.get(),
              failures,
              latencies.percentile(0.5) / 1000.0,
              latencies.percentile(0.99) / 1000.0,
              latencies.percentile(1) / 1000.0));
    }
  }

  private void callDueAt(long dueNanos) {
    if (open >= MOST_OPEN) {
      fail("not sent, because too many had no answer");
      return;
    }
    open++;
    client
        .request(target)
        .compose(request -> request.send(Buffer.buffer(Load.BODY)))
        .compose(response -> response.body().map(body -> verdict(response.statusCode(), body)))
        .otherwise(failure -> failure.getClass().getSimpleName())
        .onComplete(
            verdict -> {
              open--;
              latencies.add(System.nanoTime() - dueNanos);
              if (!verdict.result().isEmpty()) {
                fail(verdict.result());
              }
            });
  }

  /// What is wrong with an answer; empty when nothing is.
  private String verdict(int status, Buffer body) {
    return status != 200
        ? "status " + status
        : body.toString().equals(answer) ? "" : "another answer";
  }

  private void fail(String how) {
    failed.incrementAndGet();
    failures.merge(how, 1L, Long::sum);
  }

  /// Calls that have failed so far. From any thread.
  long failedSoFar() {
    return failed.get();
  }

  /// Completes when the last call has its answer.
  Future<Felt> over() {
    return over.future();
  }
}
