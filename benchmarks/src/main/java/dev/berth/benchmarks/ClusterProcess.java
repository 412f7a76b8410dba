package dev.berth.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// `./berth cluster` as a user starts it, with an app that was pushed to it, and an embedded
/// database in a folder of its own. Run it from the root of the source tree.
final class ClusterProcess implements AutoCloseable {

  private static final String READY = "All processes are ready";
  private static final Pattern ADMINISTRATORS = Pattern.compile("Administrators at (http\\S+)");
  private static final Pattern PUBLIC_KEY = Pattern.compile("public key +(\\S+)");
  private static final Pattern PRIVATE_KEY = Pattern.compile("private key +(\\S+)");
  private static final Pattern APP_CODE = Pattern.compile("App code runs (.+)");
  private static final Pattern ENDPOINTS = Pattern.compile("endpoints are below (http\\S+)");

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final Path folder;
  private final Process process;
  private final String said;

  private ClusterProcess(Path folder, Process process, String said) {
    this.folder = folder;
    this.process = process;
    this.said = said;
  }

  /// Starts one gateway and some workers, and waits until all are ready.
  static ClusterProcess start(int workers) throws IOException {
    Path folder = Files.createTempDirectory("berth-benchmark");
    Process process =
        berth(
            List.of(
                "cluster",
                "--gateways=1",
                "--workers=" + workers,
                "--port=0",
                "--admin-port=0",
                "--data=" + folder.resolve("data")));
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    StringBuilder said = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      said.append(line).append('\n');
      if (line.startsWith(READY)) {
        Thread.ofPlatform().daemon().start(() -> drain(output));
        return new ClusterProcess(folder, process, said.toString());
      }
    }
    throw new IllegalStateException("./berth cluster did not start:\n" + said);
  }

  private static Process berth(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("./berth"));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().remove("MONGODB_URI");
    return builder.start();
  }

  private static void drain(BufferedReader output) {
    try {
      output.transferTo(Writer.nullWriter());
    } catch (IOException ended) {
      // Then there is nothing left to read.
    }
  }

  /// Deploys an app as its developer does, and waits until it is served.
  ///
  /// @param route of an endpoint for POST
  /// @return the URL of that endpoint
  String push(Path app, String route) throws IOException, InterruptedException {
    command("login", "--api-key", found(PUBLIC_KEY), "--private-api-key", found(PRIVATE_KEY));
    String url =
        found(ENDPOINTS, command("push", app.toString())).replace("//localhost:", "//127.0.0.1:")
            + route;
    HttpRequest call =
        HttpRequest.newBuilder(URI.create(url)).POST(BodyPublishers.noBody()).build();
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (HTTP.send(call, BodyHandlers.discarding()).statusCode() != 200) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("the app was deployed and is not served at " + url);
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
    return url;
  }

  private String command(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--url", found(ADMINISTRATORS), "--profiles", folder.toString()));
    Process command = berth(all);
    String output =
        command.inputReader(StandardCharsets.UTF_8).lines().collect(Collectors.joining("\n"));
    int code = command.onExit().join().exitValue();
    if (code != 0) {
      throw new IllegalStateException("./berth " + arguments[0] + " failed:\n" + output);
    }
    return output;
  }

  /// Where app code runs, in its words.
  String about() {
    return found(APP_CODE);
  }

  private String found(Pattern pattern) {
    return found(pattern, said);
  }

  private static String found(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IllegalStateException("no \"" + pattern + "\" in:\n" + text);
    }
    return matcher.group(1);
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
