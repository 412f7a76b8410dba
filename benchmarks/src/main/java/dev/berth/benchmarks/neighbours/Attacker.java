package dev.berth.benchmarks.neighbours;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Calls a URL again whenever it answers, several times at once, until it is told to stop.
final class Attacker {

  private static final int AT_ONCE = 4;
  private static final Pattern ERROR = Pattern.compile("\"error\":\"([^\"]{0,60})");

  private static final int ERROR_WITHIN = 1000;

  private final HttpClient http;
  private final HttpRequest request;
  private final ConcurrentMap<String, LongAdder> ends = new ConcurrentHashMap<>();
  private final CountDownLatch stillAttacking = new CountDownLatch(AT_ONCE);
  private volatile boolean over;

  private Attacker(HttpClient http, URI url) {
    this.http = http;
    this.request = HttpRequest.newBuilder(url).timeout(Duration.ofSeconds(60)).build();
  }

  static Attacker begin(HttpClient http, URI url) {
    Attacker attacker = new Attacker(http, url);
    for (int i = 0; i < AT_ONCE; i++) {
      attacker.attack();
    }
    return attacker;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // it goes on until it is told to stop
  private void attack() {
    if (over) {
      stillAttacking.countDown();
      return;
    }
    // Large answers are not kept: to collect them would stop the victim's clock, too.
    ByteArrayOutputStream beginning = new ByteArrayOutputStream();
    http.sendAsync(
            request,
            HttpResponse.BodyHandlers.ofByteArrayConsumer(
                bytes -> bytes.ifPresent(read -> keep(beginning, read))))
        .whenComplete(
            (response, failure) -> {
              String end =
                  failure == null
                      ? end(response.statusCode(), beginning.toString(StandardCharsets.UTF_8))
                      : "no answer";
              ends.computeIfAbsent(end, _ -> new LongAdder()).increment();
              attack();
            });
  }

  private static void keep(ByteArrayOutputStream beginning, byte[] bytes) {
    beginning.write(bytes, 0, Math.min(bytes.length, ERROR_WITHIN - beginning.size()));
  }

  private static String end(int status, String beginning) {
    Matcher error = ERROR.matcher(beginning);
    return status + (error.find() ? " " + error.group(1) : "");
  }

  /// How many calls have ended.
  long calls() {
    return ends.values().stream().mapToLong(LongAdder::sum).sum();
  }

  /// How most of them ended.
  String mostFrequentEnd() {
    return ends.entrySet().stream()
        .max(Comparator.comparingLong(entry -> entry.getValue().sum()))
        .map(Map.Entry::getKey)
        .orElse("none ended");
  }

  /// Begins no more calls, and waits until all have ended.
  void stop() throws InterruptedException {
    over = true;
    stillAttacking.await();
  }
}
