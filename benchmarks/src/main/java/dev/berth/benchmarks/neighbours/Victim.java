package dev.berth.benchmarks.neighbours;

import dev.berth.benchmarks.Latencies;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Calls an app a hundred times a second, whether or not it has answered the calls before.
final class Victim {

  private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final String ANSWER = "{\"message\":\"hello\",\"length\":16}";

  private final HttpClient http;
  private final HttpRequest request;

  Victim(HttpClient http, URI url) {
    this.http = http;
    this.request =
        HttpRequest.newBuilder(url)
            .timeout(Duration.ofSeconds(60))
            .POST(HttpRequest.BodyPublishers.ofString("0123456789abcdef"))
            .build();
  }

  /// What it felt.
  ///
  /// @param failed calls without the right answer
  /// @param lost of those, what was in a worker that died
  record Felt(long calls, long failed, long lost, double p50, double p99, double max) {}

  /// Calls for so long, then waits for the last answer. A call is late from the moment it was
  /// due, not from when there was time to send it.
  Felt feel(Duration length) {
    Latencies latencies = new Latencies();
    long[] wrong = new long[2];
    long begin = System.nanoTime();
    long calls = length.toNanos() / EVERY_NANOS;
    CompletableFuture<?>[] all = new CompletableFuture<?>[(int) calls];
    for (int i = 0; i < calls; i++) {
      long due = begin + i * EVERY_NANOS;
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      all[i] =
          http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
              .handle(
                  (response, failure) -> {
                    long nanos = System.nanoTime() - due;
                    synchronized (latencies) {
                      latencies.add(nanos);
                      if (failure != null || !response.body().equals(ANSWER)) {
                        wrong[0]++;
                        wrong[1] += failure == null && wasLost(response) ? 1 : 0;
                      }
                    }
                    return null;
                  });
    }
    CompletableFuture.allOf(all).join();
    synchronized (latencies) {
      return new Felt(
          calls,
          wrong[0],
          wrong[1],
          latencies.percentile(0.5) / 1000.0,
          latencies.percentile(0.99) / 1000.0,
          latencies.percentile(1) / 1000.0);
    }
  }

  private static boolean wasLost(HttpResponse<String> response) {
    return response.statusCode() == 503
        && response.body().contains("the app was stopped while it ran");
  }
}
