package dev.berth.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// `./berth dev` as a user starts it, with an embedded database in a folder of its own. Run it
/// from the root of the source tree.
public final class DevProcess implements AutoCloseable {

  private static final Pattern POST = Pattern.compile("POST +\\S* *(http://\\S+)");

  private static final String METRICS = "Metrics: ";

  private final Process process;
  private final Path data;
  private String url = "";
  private String about = "";
  private String metricsUrl = "";

  private DevProcess(Process process, Path data) {
    this.process = process;
    this.data = data;
  }

  /// Starts it, builds when there is no build, and waits until its app is served.
  ///
  /// @param arguments of `dev`, with the folder of an app that has an endpoint for POST
  public static DevProcess start(List<String> arguments) throws IOException {
    return start(arguments, Map.of());
  }

  /// The same, with more in its environment.
  public static DevProcess start(List<String> arguments, Map<String, String> environment)
      throws IOException {
    Path data = Files.createTempDirectory("berth-benchmark");
    List<String> command =
        new ArrayList<>(List.of("./berth", "dev", "--port", "0", "--data", data.toString()));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().remove("MONGODB_URI");
    builder.environment().putAll(environment);
    DevProcess berth = new DevProcess(builder.start(), data);
    berth.awaitReady();
    return berth;
  }

  private void awaitReady() throws IOException {
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher post = POST.matcher(line);
      if (post.find()) {
        // Berth listens on this address; the name may be another one first.
        url = post.group(1).replace("//localhost:", "//127.0.0.1:");
      }
      if (line.startsWith("App code runs ")) {
        about = line.substring("App code runs ".length());
      }
      if (line.startsWith(METRICS)) {
        metricsUrl = line.substring(METRICS.length()).replace("//localhost:", "//127.0.0.1:");
      }
      if (line.startsWith("Ready in ")) {
        Thread.ofPlatform().daemon().start(() -> drain(output));
        return;
      }
    }
    close();
    throw new IllegalStateException("./berth dev did not start");
  }

  private static void drain(Reader output) {
    try {
      output.transferTo(Writer.nullWriter());
    } catch (IOException ended) {
      // Then there is nothing left to read.
    }
  }

  /// Of the last endpoint for POST that it printed.
  public String url() {
    return url;
  }

  /// Where it can be measured; empty when it was not asked to.
  public String metricsUrl() {
    return metricsUrl;
  }

  /// Where app code runs, in its words.
  public String about() {
    return about;
  }

  /// Lets all of its processes collect their garbage, so that what is left is what they hold.
  public void collectGarbage() throws IOException, InterruptedException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    List<ProcessHandle> all =
        Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
    for (ProcessHandle each : all) {
      new ProcessBuilder(jcmd, Long.toString(each.pid()), "GC.run")
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    }
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
