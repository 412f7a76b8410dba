package dev.berth.endtoend;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A Berth that runs in a process of its own, as `./berth` starts it, on a port of its choice.
final class BerthProcess implements AutoCloseable {

  /// Between two looks: short for a test, long for the processors that are looked at.
  static final long POLL_NANOS = 1_000_000;

  /// How long anything may take on a busy machine before the test fails.
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Pattern ENDPOINT_URL =
      Pattern.compile("http://localhost:(\\d+)/app/([A-Za-z0-9_-]+)/endpoint");
  private static final Pattern BASE_URL =
      Pattern.compile("(?m)^Client SDKs connect to (http\\S+)$");
  private static final Pattern METRICS_URL = Pattern.compile("(?m)^Metrics: (http\\S+)$");
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final Process process;
  private final List<String> output = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Void> ended;

  private BerthProcess(Process process) {
    this.process = process;
    CompletableFuture<Void> out = follow(process.getInputStream());
    CompletableFuture<Void> err = follow(process.getErrorStream());
    this.ended = CompletableFuture.allOf(out, err);
  }

  /// Runs the command line and does not wait for anything.
  static BerthProcess run(Path folder, Map<String, String> environment, String... arguments) {
    String main = "dev.berth.launcher.Main";
    return java(List.of(), folder, environment, main, List.of(arguments));
  }

  /// Runs a class with the class path of the tests and does not wait for anything.
  ///
  /// @param before the command: where it is to run
  static BerthProcess java(
      List<String> before,
      Path folder,
      Map<String, String> environment,
      String main,
      List<String> arguments) {
    List<String> command = new ArrayList<>(before);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Xmx512m",
            "-XX:+UseSerialGC"));
    if ("interpreted".equals(environment.get("BERTH_JS"))) {
      // What lives for seconds is slowed down by a compiler that thinks of hours.
      command.add("-XX:TieredStopAtLevel=1");
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
    command.addAll(arguments);
    try {
      ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
      builder.environment().remove("MONGODB_URI");
      builder.environment().putAll(environment);
      return new BerthProcess(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Serves apps with `berth dev` and waits until they are served.
  static BerthProcess dev(Path folder, String... arguments) {
    return dev(folder, Map.of(), arguments);
  }

  /// The same with the data of the apps on a server that may be another one.
  static BerthProcess dev(Path folder, DataServer data, String... arguments) {
    return dev(folder, data.environment(), arguments);
  }

  private static BerthProcess dev(
      Path folder, Map<String, String> environment, String... arguments) {
    List<String> all = new ArrayList<>(List.of("dev", "--port", "0"));
    all.addAll(List.of(arguments));
    // Compiled JavaScript starts slower and answers the same; a test that wants it says so.
    Map<String, String> quick = new HashMap<>(environment);
    quick.put("BERTH_JS", "interpreted");
    BerthProcess berth = run(folder, quick, all.toArray(String[]::new));
    berth.awaitLine(line -> line.startsWith("Ready in"));
    return berth;
  }

  private CompletableFuture<Void> follow(InputStream stream) {
    return CompletableFuture.runAsync(
        () -> {
          try (BufferedReader reader =
              new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
              said(line);
            }
          } catch (IOException _) {
            // Killing a process closes its streams at any moment: what it said is what was read.
            said("(the output ended)");
          }
        },
        task -> Thread.ofPlatform().daemon().start(task));
  }

  private void said(String line) {
    synchronized (output) {
      output.add(line);
      output.notifyAll();
    }
  }

  /// Waits until a line like that was printed.
  void awaitLine(Predicate<String> wanted) {
    awaitLine(wanted, PATIENCE);
  }

  /// Waits until a line like that was printed, at most that long.
  void awaitLine(Predicate<String> wanted, Duration atMost) {
    long deadline = System.nanoTime() + atMost.toNanos();
    synchronized (output) {
      while (output.stream().noneMatch(wanted)) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0 || (ended.isDone() && output.stream().noneMatch(wanted))) {
          throw new AssertionError("not printed; what was:\n" + output());
        }
        try {
          output.wait(Math.min(left, 200));
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
      }
    }
  }

  /// All it printed so far.
  String output() {
    return String.join("\n", output);
  }

  /// The URL of a route of the app that is served, or of the one whose id is given.
  URI url(String route) {
    Matcher matcher = ENDPOINT_URL.matcher(output());
    if (!matcher.find()) {
      throw new AssertionError("no URL was printed:\n" + output());
    }
    return URI.create(matcher.group() + route);
  }

  /// The base URL of the process, without a path.
  URI root() {
    return URI.create(baseUrl() + "/");
  }

  /// The same without a slash at the end, as clients are told it.
  String baseUrl() {
    Matcher matcher = BASE_URL.matcher(output());
    if (!matcher.find()) {
      throw new AssertionError("no URL was printed:\n" + output());
    }
    return matcher.group(1);
  }

  /// Where Prometheus reads; waits until it was printed.
  URI metrics() {
    awaitLine(line -> METRICS_URL.matcher(line).matches());
    Matcher matcher = METRICS_URL.matcher(output());
    if (!matcher.find()) {
      throw new AssertionError("no metrics");
    }
    return URI.create(matcher.group(1));
  }

  HttpResponse<String> get(String route, String... headers) {
    return send(HttpRequest.newBuilder(url(route)).GET(), headers);
  }

  /// Calls a route of the app with that id.
  HttpResponse<String> getFrom(String appId, String route) {
    URI url = root().resolve("/app/" + appId + "/endpoint" + route);
    return send(HttpRequest.newBuilder(url).GET());
  }

  /// The ids of the apps it serves, as it was told of them.
  List<String> appIds() {
    return ENDPOINT_URL.matcher(output()).results().map(url -> url.group(2)).distinct().toList();
  }

  HttpResponse<String> post(String route, String body, String... headers) {
    HttpRequest.BodyPublisher publisher =
        body.isEmpty()
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body);
    return send(HttpRequest.newBuilder(url(route)).POST(publisher), headers);
  }

  static HttpResponse<String> send(HttpRequest.Builder request, String... headers) {
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return HTTP.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /// The worker processes it started, the first one first.
  List<ProcessHandle> workers() {
    return process
        .children()
        .filter(child -> child.isAlive())
        .sorted(Comparator.comparing(child -> child.info().startInstant().orElse(Instant.MAX)))
        .toList();
  }

  /// All processes that it started, and those that these started.
  List<ProcessHandle> descendants() {
    return process.descendants().toList();
  }

  /// The worker that was started first, and so serves.
  ProcessHandle theFirstWorker() {
    return workers().getFirst();
  }

  /// Calls until the answer is not that no worker is there.
  HttpResponse<String> untilAnswered(String route) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    HttpResponse<String> response = get(route);
    while (response.statusCode() == 503 && System.nanoTime() < deadline) {
      LockSupport.parkNanos(POLL_NANOS);
      response = get(route);
    }
    return response;
  }

  /// Waits until the process has ended by itself.
  ///
  /// @return its exit code
  int awaitExit() {
    return awaitExit(PATIENCE);
  }

  /// The same, at most that long.
  int awaitExit(Duration atMost) {
    try {
      if (!process.waitFor(atMost.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("still running:\n" + output());
      }
      ended.join();
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /// Asks it to stop, as Ctrl-C does.
  int terminate() {
    return terminate(PATIENCE);
  }

  /// The same, and waits at most that long.
  int terminate(Duration atMost) {
    process.destroy();
    return awaitExit(atMost);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /// Ends it without any warning, as `kill -9` does.
  void kill() {
    process.destroyForcibly();
    awaitExit();
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      process.destroyForcibly();
      awaitExit();
    }
  }
}
