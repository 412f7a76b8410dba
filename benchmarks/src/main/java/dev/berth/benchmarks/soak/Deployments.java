package dev.berth.benchmarks.soak;

import dev.berth.benchmarks.Load;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/// Edits an app and waits until answers come from the edit. For one thread.
final class Deployments {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(20);

  private final EditedApp app;
  private final HttpClient http;
  private final HttpRequest request;
  private int begun;
  private int failed;
  private long longestMillis;

  Deployments(EditedApp app, HttpClient http, URI url) {
    this.app = app;
    this.http = http;
    this.request =
        HttpRequest.newBuilder(url)
            .timeout(PATIENCE)
            .POST(HttpRequest.BodyPublishers.ofString(Load.BODY))
            .build();
  }

  /// Deploys once more, and blocks until that is served or half a minute is over.
  void next() throws IOException, InterruptedException {
    begun++;
    long begin = System.nanoTime();
    app.edit(begun);
    String wanted = Integer.toString(begun);
    while (!wanted.equals(served())) {
      if (System.nanoTime() - begin > PATIENCE.toNanos()) {
        failed++;
        return;
      }
      Thread.sleep(POLL);
    }
    longestMillis = Math.max(longestMillis, (System.nanoTime() - begin) / 1_000_000);
  }

  /// The same, and returns when so much time has passed since it began.
  void nextAndWait(Duration every) {
    long begin = System.nanoTime();
    try {
      next();
      long left = begin + every.toNanos() - System.nanoTime();
      Thread.sleep(Duration.ofNanos(Math.max(0, left)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private String served() throws InterruptedException {
    try {
      return http.send(request, HttpResponse.BodyHandlers.discarding())
          .headers()
          .firstValue(EditedApp.HEADER)
          .orElse("");
    } catch (IOException _) {
      // The load counts what fails.
      return "";
    }
  }

  int begun() {
    return begun;
  }

  int failed() {
    return failed;
  }

  long longestMillis() {
    return longestMillis;
  }
}
