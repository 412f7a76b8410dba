package dev.berth.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The load of `wrk`, which takes less of the machine than a load generator in a JVM does.
///
/// @param script says what to send and prints the result in one line
/// @param headers to send besides, such as `apiKey: abc`
record WrkLoad(Path script, int connections, List<String> headers) implements Load {

  WrkLoad {
    headers = List.copyOf(headers);
  }

  WrkLoad(Path script, int connections) {
    this(script, connections, List.of());
  }

  private static final Pattern RESULT =
      Pattern.compile(
          "result requests=(\\d+) micros=(\\d+) p50=(\\d+) p95=(\\d+) p99=(\\d+) errors=(\\d+)");

  static boolean isInstalled() {
    try {
      Process process = new ProcessBuilder("wrk", "-v").redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  @Override
  public Measured drive(String url, Duration time) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "wrk",
                "-t1",
                "-c" + connections,
                "-d" + time.toSeconds() + "s",
                "--latency",
                // A slow answer is a measurement, not an error.
                "--timeout",
                "60s",
                "-s",
                script.toString()));
    for (String header : headers) {
      command.addAll(List.of("-H", header));
    }
    command.add(url);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Matcher result = RESULT.matcher(output);
    if (process.waitFor() != 0 || !result.find() || Long.parseLong(result.group(6)) > 0) {
      throw new IllegalStateException("wrk failed, or requests did:\n" + output);
    }
    return new Measured(
        Long.parseLong(result.group(1)) * 1e6 / Long.parseLong(result.group(2)),
        Long.parseLong(result.group(3)),
        Long.parseLong(result.group(4)),
        Long.parseLong(result.group(5)));
  }

  @Override
  public String description() {
    return "wrk, 1 thread, " + connections + " connections";
  }
}
